/** The one way to Home Assistant: states, actions, events. */
export { type CalendarAnswer, type CalendarHome, type CalendarQuestion, type HeardEntry, readCalendar } from './calendar.ts';
export {
  type ActionCall,
  type HomeAssistant,
  HomeAssistantError,
  type HomeAssistantErrorCode,
  type HomeEntity,
  type HomeEvent,
} from './home-assistant.ts';
export { HomeSocket, type HomeSocketParts } from './home-socket.ts';
export { type RegisteredEntity, type Renamed, registeredEntities, registryEvent, renamedBy } from './registry.ts';
export { type HomeNames, renamedHome } from './renamed-home.ts';
export { type HomeVisit, visitHome } from './visit.ts';

/** The one way to Home Assistant: states, actions, events. */
export {
  type ActionCall,
  type HomeAssistant,
  HomeAssistantError,
  type HomeAssistantErrorCode,
  type HomeEntity,
  type HomeEvent,
} from './home-assistant.ts';
export { HomeSocket, type HomeSocketParts } from './home-socket.ts';
export { type HomeVisit, visitHome } from './visit.ts';

/** Home Assistant for those who know its entities by the names that the owner wrote, whatever they are called by now. */
import type { HomeAssistant } from './home-assistant.ts';

export interface HomeNames {
  /** What an entity is called now that was called `id` when its name was written. */
  nameNow(id: string): string;
  /** @returns stops it */
  onRenamed(listener: () => void): () => void;
}

export function renamedHome(home: HomeAssistant, names: HomeNames): HomeAssistant {
  const now = (id: string): string => names.nameNow(id);
  return {
    get isUp() {
      return home.isUp;
    },
    onUp: (listener) => home.onUp(listener),
    onEvent: (type, listener) => home.onEvent(type, listener),
    entity: (id) => home.entity(now(id)),
    follow(ids, onChange) {
      let followed = ids.map(now);
      let stop = home.follow(followed, onChange);
      const stopNames = names.onRenamed(() => {
        const renamed = ids.map(now);
        if (renamed.join() === followed.join()) return;
        followed = renamed;
        const before = stop;
        stop = home.follow(followed, onChange);
        before();
      });
      return () => {
        stopNames();
        stop();
      };
    },
    act: (call, signal) => home.act({ ...call, ...(call.entities && { entities: call.entities.map(now) }) }, signal),
    ask: (message, signal) => home.ask(message, signal),
    askFirst: ({ entity_id: id, ...message }, signal) =>
      home.askFirst({ ...message, ...(typeof id === 'string' && { entity_id: now(id) }) }, signal),
  };
}

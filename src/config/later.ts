/** Keys that are planned and not built: refused by name, so that nobody believes that they work. */

export const keysOfLaterVersions: ReadonlySet<string> = new Set([
  ...['share', 'after', 'phone', 'speaker', 'quiet', 'arrives', 'leaves', 'everyone', 'someone', 'entity', 'only while', 'debounce'],
  ...['calendar', 'event', 'verify', 'visit', 'visits', 'mqtt', 'home assistant', 'roku', 'web', 'bandwidth', 'hours'],
  ...['digest', 'people', 'phones', 'speakers', 'volume', 'move to trash', 'delete'],
]);

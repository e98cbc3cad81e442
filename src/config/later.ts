/** Keys that are planned and not built: refused by name, so that nobody believes that they work. */

export const keysOfLaterVersions: ReadonlySet<string> = new Set([
  ...['share', 'after', 'debounce', 'event', 'verify', 'visit', 'visits', 'roku', 'web', 'bandwidth', 'hours'],
  ...['people', 'move to trash', 'delete'],
]);

/** Tells this Homeroll from another: an id that its journal was given once, and keeps wherever it is moved to. */
import type { Journal } from '../journal/index.ts';
import type { Random } from '../kernel/index.ts';

const installationFact = 'installation';

/** Undefined: it was given none so far. */
export function installationOf({ facts }: Pick<Journal, 'facts'>): string | undefined {
  return facts.get(installationFact);
}

export function ensureInstallation({ facts }: Pick<Journal, 'facts'>, random: Random): string {
  const known = facts.get(installationFact);
  if (known !== undefined) return known;
  const id = Array.from({ length: 16 }, () => Math.floor(random.next() * 16).toString(16)).join('');
  facts.set(installationFact, id);
  return id;
}

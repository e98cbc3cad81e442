/** Is Home Assistant there, does it take the token, what may that do, and is everything there that the owner named? */
import type { Config } from '../../config/index.ts';
import { followNames, tellRenamed } from '../../domain/index.ts';
import { HomeAssistantError, type HomeVisit, registeredEntities } from '../../hass/index.ts';
import type { Journal } from '../../journal/index.ts';
import { knownNames, neededAtHome } from '../../pipeline/index.ts';
import { checkCalendars } from './check-calendars.ts';
import { checkCircumstances } from './check-circumstances.ts';
import { checkTellers } from './check-tellers.ts';
import { type Finding, ok, problem, warning } from './finding.ts';
import type { HomeLookedAt } from './home-looked-at.ts';

export interface HomeParts {
  readonly config: Config;
  /** Undefined: the owner named none. */
  readonly visitHome: ((signal: AbortSignal) => Promise<HomeVisit>) | undefined;
  /** Undefined: none was ever written. */
  readonly journal: Journal | undefined;
}

const about = 'Home Assistant';

export async function* checkHome({ config, visitHome, journal }: HomeParts, signal: AbortSignal): AsyncGenerator<Finding> {
  if (!visitHome) return;
  try {
    await using visit = await visitHome(signal);
    yield ok(about, `It answers, and takes the token: version ${visit.version}.`);
    yield checkUser(await visit.user(signal), config);
    if (await visit.isStarting(signal)) {
      yield warning(about, 'It is starting, and was not asked more: what it knows of the home is not there yet.', 'Ask again in a minute.');
      return;
    }
    const entities = new Map(await visit.entities(signal));
    const home: HomeLookedAt = { config, entities, nameNow: new Map(), ask: visit.ask };
    if (journal) yield* await checkNames(home, journal, signal);
    yield* checkCircumstances(home);
    yield* await checkTellers(home, signal);
    yield* checkCalendars(home);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof HomeAssistantError)) throw error;
    yield problem(about, error.message);
  }
}

function checkUser({ name, isAdmin }: { name: string; isAdmin: boolean }, { tell }: Config): Finding {
  const whose = `The token belongs to ${name}`;
  if (isAdmin) return ok(about, `${whose}, an administrator.`);
  if (!tell.some(({ kind }) => kind === 'phone')) return ok(about, `${whose}.`);
  return warning(
    about,
    `${whose}, who is no administrator: answers that are given on phones are not heard.`,
    'Use a token of an administrator.',
  );
}

/** What Homeroll follows under another name is there for it, and the owner is to write that name. */
async function checkNames(home: HomeLookedAt, journal: Pick<Journal, 'facts'>, signal: AbortSignal): Promise<readonly Finding[]> {
  const { config, entities, nameNow } = home;
  const needed = neededAtHome(config);
  const known = knownNames(journal);
  const written = needed.flatMap(({ id }) => (known[id] ? [id] : []));
  if (written.length === 0) return [];
  const registered = await registeredEntities(home, signal);
  const names = followNames(known, { written, registered, isThere: (id) => entities.has(id) });
  return Object.entries(names).flatMap(([from, { now: to }]) => {
    if (to === undefined) return [];
    const found = entities.get(to);
    if (found) entities.set(from, found);
    nameNow.set(from, to);
    return [warning(about, tellRenamed({ from, to, needs: needed.filter(({ id }) => id === from) }))];
  });
}

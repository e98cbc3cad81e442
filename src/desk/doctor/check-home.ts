/** Is Home Assistant there, does it take the token, what may that do, and is everything there that the owner named? */
import type { Config } from '../../config/index.ts';
import { HomeAssistantError, type HomeVisit } from '../../hass/index.ts';
import { checkCalendars } from './check-calendars.ts';
import { checkCircumstances } from './check-circumstances.ts';
import { checkTellers } from './check-tellers.ts';
import { type Finding, ok, problem, warning } from './finding.ts';
import type { HomeLookedAt } from './home-looked-at.ts';

export interface HomeParts {
  readonly config: Config;
  /** Undefined: the owner named none. */
  readonly visitHome: ((signal: AbortSignal) => Promise<HomeVisit>) | undefined;
}

const about = 'Home Assistant';

export async function* checkHome({ config, visitHome }: HomeParts, signal: AbortSignal): AsyncGenerator<Finding> {
  if (!visitHome) return;
  try {
    await using visit = await visitHome(signal);
    yield ok(about, `It answers, and takes the token: version ${visit.version}.`);
    yield checkUser(await visit.user(signal), config);
    if (await visit.isStarting(signal)) {
      yield warning(about, 'It is starting, and was not asked more: what it knows of the home is not there yet.', 'Ask again in a minute.');
      return;
    }
    const home: HomeLookedAt = { config, entities: await visit.entities(signal), ask: visit.ask };
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

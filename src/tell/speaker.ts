/** Says news aloud on one speaker, by Home Assistant: announced, so that music goes on by itself. When it may speak: `planSpeaking`. */
import type { SpeakerTeller } from '../config/index.ts';
import { planSpeaking, speakerHitch } from '../domain/index.ts';
import type { HomeAssistant } from '../hass/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Clock, CrashPoints } from '../kernel/index.ts';
import { type AtHome, failureOf, whenUp } from './at-home.ts';
import type { Bringer, Fate } from './bringer.ts';
import { findVoice } from './voice.ts';

export interface SpeakerParts extends AtHome {
  readonly journal: Pick<Journal, 'facts' | 'durably'>;
  readonly clock: Clock;
  readonly crashPoints: CrashPoints;
}

const zone = 'zone.home';
// A speaker is found again some seconds after Home Assistant has started.
const returnMs = 60_000;

export function speakerBringer(teller: SpeakerTeller, parts: SpeakerParts): Bringer {
  const { home, clock, timeZone, journal } = parts;
  const { entity } = teller;
  const hitchNow = (): string | undefined => {
    const hitch = speakerHitch(entity, home?.entity(entity));
    return hitch && `${hitch.sentence} ${hitch.cure}`;
  };
  /** By our elapsed time; undefined: it was not seen away. */
  let returnedAtMs: number | undefined;
  return {
    atOnce: 100,
    watch(onChance) {
      if (!home) return () => undefined;
      let before: string | undefined;
      // Its volume changes more often than whether it can be heard.
      let isAway = false;
      const stopWaiting = home.onUp((isUp) => {
        if (isUp && isAway) returnedAtMs = clock.elapsed();
        isAway = !isUp;
        // What came meanwhile is to be said now, though nothing is otherwise than before.
        if (isAway) before = undefined;
      });
      const stopFollowing = home.follow([entity, zone], () => {
        const now = home.isUp && isSomebodyHome(home) ? (hitchNow() ?? 'well') : undefined;
        const isChance = now !== undefined && now !== before;
        before = now;
        if (isChance) onChance();
      });
      return () => {
        stopWaiting();
        stopFollowing();
      };
    },
    async *bring(waiting, signal) {
      const nowMs = clock.now();
      if (!home?.isUp) return yield { news: waiting, fate: whenUp(nowMs) };
      const hitch = hitchNow();
      const settlesInMs = hitch === undefined || returnedAtMs === undefined ? 0 : returnedAtMs + returnMs - clock.elapsed();
      if (settlesInMs > 0) return yield { news: waiting, fate: { kind: 'later', atMs: nowMs + settlesInMs } };
      const lastAtMs = lastAnnouncement(journal, entity);
      const plan = planSpeaking({ ...teller, waiting, nowMs, timeZone, lastAtMs, isSomebodyHome: isSomebodyHome(home), hitch });
      const { say, instead, letGo, waitUntilMs } = plan;
      if (letGo.length > 0) yield { news: letGo, fate: { kind: 'let go', because: 'it is too old to be said aloud' } };
      if (hitch !== undefined && instead.length > 0) yield { news: instead, fate: { kind: 'instead', because: hitch } };
      if (say) yield { news: say.news, fate: await speak(say.text, { ...parts, teller, home }, signal) };
      const rest = waiting.filter((one) => ![...letGo, ...instead, ...(say?.news ?? [])].includes(one));
      if (waitUntilMs !== undefined && rest.length > 0) yield { news: rest, fate: { kind: 'later', atMs: waitUntilMs } };
    },
  };
}

/** The state of the zone is how many persons are in it. */
function isSomebodyHome(home: HomeAssistant): boolean {
  return Number(home.entity(zone)?.state) > 0;
}

interface Speech extends SpeakerParts {
  readonly teller: SpeakerTeller;
  readonly home: HomeAssistant;
}

async function speak(text: string, parts: Speech, signal: AbortSignal): Promise<Fate> {
  const { home, teller, language, journal, clock, crashPoints } = parts;
  const { entity, volume, voice: written } = teller;
  const wanted = written === undefined ? undefined : (parts.nameNow?.(written) ?? written);
  try {
    const voice = await findVoice(home, { wanted, language }, signal);
    if (voice.kind === 'none') return { kind: 'instead', because: `${voice.sentence} ${voice.cure}` };
    crashPoints.reach('before a speaker speaks');
    // Before it speaks: whatever happens then, the household is not spoken to again at once.
    journal.durably(() => journal.facts.set(lastName(entity), String(clock.now())));
    await home.act({ domain: 'media_player', action: 'play_media', entities: [entity], data: announcement(text, voice, volume) }, signal);
    crashPoints.reach('after a speaker spoke');
    return { kind: 'taken' };
  } catch (error) {
    signal.throwIfAborted();
    const failure = failureOf(error, { unknown: 'Home Assistant has no text-to-speech, or no media_player.play_media' });
    return failure.isRefused ? { kind: 'instead', because: `The speaker ${entity} did not speak: ${failure.problem}.` } : failure;
  }
}

function announcement(
  text: string,
  { engine, language }: { readonly engine: string; readonly language: string | undefined },
  volume: number | undefined,
): Readonly<Record<string, unknown>> {
  const spoken = language === undefined ? '' : `&language=${encodeURIComponent(language)}`;
  return {
    media_content_id: `media-source://tts/${encodeURIComponent(engine)}?message=${encodeURIComponent(text)}${spoken}`,
    media_content_type: 'music',
    announce: true,
    ...(volume !== undefined && { extra: { volume } }),
  };
}

const lastName = (entity: string): string => `announced on ${entity}`;

function lastAnnouncement(journal: Pick<Journal, 'facts'>, entity: string): number | undefined {
  const lastAtMs = Number(journal.facts.get(lastName(entity)) ?? Number.NaN);
  return Number.isFinite(lastAtMs) ? lastAtMs : undefined;
}

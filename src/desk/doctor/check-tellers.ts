/** Can the phones and speakers be reached that the owner named, and has Home Assistant a voice for the speakers? */
import type { PhoneTeller, SpeakerTeller } from '../../config/index.ts';
import { guess, speakerHitch } from '../../domain/index.ts';
import { findVoice } from '../../tell/index.ts';
import { type Finding, ok, problem, warning } from './finding.ts';
import type { HomeLookedAt } from './home-looked-at.ts';

/** @throws HomeAssistantError */
export async function checkTellers(home: HomeLookedAt, signal: AbortSignal): Promise<readonly Finding[]> {
  const { tell } = home.config;
  const phones = tell.filter((teller) => teller.kind === 'phone');
  const speakers = tell.filter((teller) => teller.kind === 'speaker');
  const actions = phones.length === 0 ? [] : notifyActionsIn(await home.ask({ type: 'get_services' }, signal));
  const voices = await Promise.all(speakers.map((speaker) => checkVoice(speaker, home, signal)));
  return [
    ...phones.map((phone) => checkPhone(phone, actions)),
    ...speakers.flatMap((speaker, index) => [checkSpeaker(speaker, home), ...(voices[index] ?? [])]),
  ];
}

function checkPhone({ action }: PhoneTeller, actions: readonly string[]): Finding {
  const about = `notify.${action}`;
  if (actions.includes(action)) return ok(about, 'Home Assistant can send messages to it.');
  // A mistyped end is what happens; of other ways to notify none is meant.
  const phones = actions.filter((name) => name.startsWith('mobile_app_'));
  return problem(
    about,
    `Home Assistant has no such action.${guess(action, phones)}`,
    "Sign in Home Assistant's app on that phone, and see Developer tools, Actions, for its name.",
  );
}

function checkSpeaker({ entity }: SpeakerTeller, { entities }: HomeLookedAt): Finding {
  const seen = entities.get(entity);
  const hitch = speakerHitch(entity, seen);
  if (!hitch) return ok(entity, `Home Assistant can announce on it; it is ${seen?.state} now.`);
  const alike = [...entities.keys()].filter((id) => id.startsWith('media_player.'));
  const sentence = seen ? hitch.sentence : `${hitch.sentence}${guess(entity, alike)}`;
  // Speakers are switched off now and then, and then the phones are told.
  return hitch.isPassing ? warning(entity, sentence, hitch.cure) : problem(entity, sentence, hitch.cure);
}

async function checkVoice({ entity, voice }: SpeakerTeller, home: HomeLookedAt, signal: AbortSignal): Promise<readonly Finding[]> {
  const wanted = voice === undefined ? undefined : (home.nameNow.get(voice) ?? voice);
  const found = await findVoice(home, { wanted, language: home.config.language }, signal);
  if (found.kind === 'none') return [problem(entity, found.sentence, found.cure)];
  return [ok(entity, `It is spoken on with ${found.engine}.`)];
}

function notifyActionsIn(answer: unknown): readonly string[] {
  const notify = typeof answer === 'object' && answer !== null && 'notify' in answer ? answer.notify : undefined;
  return typeof notify === 'object' && notify !== null ? Object.keys(notify) : [];
}

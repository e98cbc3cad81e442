/** Which of Home Assistant's voices speaks, and in which language: an engine refuses one that it does not name itself. */
import { guess } from '../domain/index.ts';
import type { HomeAssistant } from '../hass/index.ts';

export type Voice =
  | { readonly kind: 'voice'; readonly engine: string; readonly language: string | undefined }
  | { readonly kind: 'none'; readonly sentence: string; readonly cure: string };

interface Engine {
  readonly id: string;
  readonly languages: readonly string[];
}

const cure = 'Add one in Home Assistant (Settings, Voice assistants, or the integrations Piper and Google Translate text-to-speech).';

/** @param wanted the owner's choice; undefined: the first that speaks the language @throws HomeAssistantError */
export async function findVoice(
  home: Pick<HomeAssistant, 'ask'>,
  { wanted, language }: { readonly wanted: string | undefined; readonly language: string },
  signal: AbortSignal,
): Promise<Voice> {
  const engines = enginesIn(await home.ask({ type: 'tts/engine/list', language }, signal));
  const chosen = engines.find(({ id, languages }) => (wanted === undefined ? languages.length > 0 : id === wanted));
  if (chosen) return { kind: 'voice', engine: chosen.id, language: chosen.languages[0] };
  if (wanted === undefined) return { kind: 'none', sentence: `Home Assistant has no text-to-speech that speaks "${language}".`, cure };
  const names = engines.map(({ id }) => id);
  return {
    kind: 'none',
    sentence: `Home Assistant has no text-to-speech called ${wanted}.${guess(wanted, names)}`,
    cure: `Correct "voice", or leave it out. ${cure}`,
  };
}

/** With the language in the question, an engine names those of its own that fit. */
function enginesIn(answer: unknown): readonly Engine[] {
  const providers = typeof answer === 'object' && answer !== null && 'providers' in answer ? answer.providers : undefined;
  return (Array.isArray(providers) ? (providers as readonly unknown[]) : []).flatMap((provider) => {
    if (typeof provider !== 'object' || provider === null) return [];
    const { engine_id: id, supported_languages: languages, deprecated } = provider as Readonly<Record<string, unknown>>;
    if (typeof id !== 'string' || deprecated === true) return [];
    return [{ id, languages: Array.isArray(languages) ? languages.filter((one) => typeof one === 'string') : [] }];
  });
}

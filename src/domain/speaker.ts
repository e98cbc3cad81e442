/** Whether Home Assistant can announce on a speaker: an action on one that cannot succeeds all the same, so it is looked at before. Pure. */

export interface SpeakerSeen {
  readonly state: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface Hitch {
  /** To stand behind a full stop: `The speaker media_player.kitchen is unavailable.` */
  readonly sentence: string;
  readonly cure: string;
  /** It may be well again without anybody doing anything. */
  readonly isPassing: boolean;
}

// MediaPlayerEntityFeature.MEDIA_ANNOUNCE
const announces = 1_048_576;

/** @param seen undefined: there is no such entity @returns what is in the way; undefined: nothing */
export function speakerHitch(entity: string, seen: SpeakerSeen | undefined): Hitch | undefined {
  if (!seen) {
    return {
      sentence: `Home Assistant has no ${entity}.`,
      cure: 'Write the name as it is in Home Assistant (Settings, Devices, Entities).',
      isPassing: false,
    };
  }
  const { state, attributes } = seen;
  // A Sonos that plays together with others still announces by itself; a group made of players does not announce at all.
  if (Array.isArray(attributes.entity_id)) {
    return { sentence: `${entity} is a group, and groups of players do not announce.`, cure: 'Name one real speaker.', isPassing: false };
  }
  if (state === 'unavailable' || state === 'unknown') {
    return {
      sentence: `The speaker ${entity} is ${state} in Home Assistant.`,
      cure: 'Is it switched on, and in the network?',
      isPassing: true,
    };
  }
  const features = Number(attributes.supported_features ?? 0);
  if (Math.floor(features / announces) % 2 === 0) {
    return {
      sentence: `${entity} cannot announce: it would play instead, and end the music.`,
      cure: 'Name a speaker that can, such as a Sonos.',
      isPassing: false,
    };
  }
  return undefined;
}

/** What the entities are called, in the language of the configuration. Home Assistant puts the device's name before them. */
import type { Config } from '../config/index.ts';

const en = {
  safe: 'Safe',
  waiting: 'Waiting',
  blocked: 'Blocked',
  stored: 'Stored',
  bytes_safe: 'Size of what is safe',
  last_safe_at: 'Last safe',
  oldest_waiting: 'Oldest waiting',
  speed: 'Speed',
  immich_version: 'Immich version',
  problem: 'Problem',
  immich: 'Immich',
  working: 'Working',
  connection: 'Connection',
  present: 'Folder',
  unjudged: 'Not looked at yet',
  safe_percent: 'Safe share',
  waits_for: 'Waits for',
  last_look: 'Last look',
  next_run: 'Next run',
  back_up: 'Back up now',
  verify: 'Verify now',
  retry: 'Retry what is blocked',
  paused: 'Paused',
  proof: 'Proof',
  picture: 'Last safe picture',
  event: 'News',
  update: 'Homeroll',
  /** What is counted. */
  pictures: 'pictures',
  /** What the devices are. */
  model: 'Photo backup',
  source: 'Source',
} as const;

export type Word = keyof typeof en;
export type Words = Readonly<Record<Word, string>>;

const languages: Readonly<Record<Config['language'], Words>> = { en };

export function wordsIn(language: Config['language']): Words {
  return languages[language];
}

/** The states of a file's journey, what each counts as, and which step takes it further. Data: see docs/decisions/0001. */

/** What a number on a door counts. `companion`: counted with its picture, never by itself. */
export type CountedAs = 'unjudged' | 'unwanted' | 'gone' | 'waiting' | 'blocked' | 'stored' | 'safe' | 'letGo' | 'companion';

export type StepName = 'settle' | 'judge' | 'hash' | 'check' | 'upload' | 'prove' | 'organise';

interface StateFacts {
  readonly countedAs: CountedAs;
  /** The step that takes a file out of this state; without one it rests until somebody or something else moves it. */
  readonly step?: StepName;
  /** What is true of the file, for people. */
  readonly means: string;
}

export const states = {
  noticed: { countedAs: 'unjudged', step: 'settle', means: 'seen, perhaps not finished being written' },
  settled: { countedAs: 'unjudged', step: 'judge', means: 'finished being written, not held against the rules yet' },
  unwanted: { countedAs: 'unwanted', means: 'not wanted by the rules' },
  wanted: { countedAs: 'waiting', step: 'hash', means: 'wanted, not read yet' },
  hashed: { countedAs: 'waiting', step: 'check', means: 'its SHA-1 is known, Immich has not been asked yet' },
  missing: { countedAs: 'waiting', step: 'upload', means: 'Immich does not have it yet' },
  joining: { countedAs: 'waiting', means: 'stored itself, waits for the motion half that came later' },
  stored: { countedAs: 'stored', step: 'prove', means: 'Immich has it, not read back yet' },
  unproven: { countedAs: 'stored', step: 'organise', means: 'Immich has it, its source asks for no read-back' },
  kept: { countedAs: 'stored', means: 'stored and organised, its source asks for no read-back' },
  proven: { countedAs: 'safe', step: 'organise', means: 'read back from Immich and found equal, not organised yet' },
  safe: { countedAs: 'safe', means: 'read back from Immich and found equal' },
  held: { countedAs: 'companion', means: 'a sidecar that will be sent with its picture' },
  sent: { countedAs: 'companion', means: 'a sidecar that was sent with its picture' },
  left: { countedAs: 'companion', means: 'a sidecar that cannot be sent' },
  blocked: { countedAs: 'blocked', means: 'needs a person' },
  letGo: { countedAs: 'letGo', means: 'the owner removed it in Immich on purpose' },
  gone: { countedAs: 'gone', means: 'no longer on disk' },
} as const satisfies Record<string, StateFacts>;

export type State = keyof typeof states;

/** States in which a step may claim a file. */
export type WorkingState = { [S in State]: (typeof states)[S] extends { step: StepName } ? S : never }[State];

export const stateNames = Object.keys(states) as readonly State[];

export function countedAs(state: State): CountedAs {
  return states[state].countedAs;
}

export function stepOf(state: State): StepName | undefined {
  const facts: StateFacts = states[state];
  return facts.step;
}

/** Immich has the bytes and said so. */
export function isStored(state: State): boolean {
  return ['stored', 'unproven', 'kept', 'proven', 'safe', 'joining'].includes(state);
}

/** It has what its source's `proof:` asks for, or the owner let it go. */
export function isDone(state: State): boolean {
  return ['unproven', 'kept', 'proven', 'safe', 'letGo'].includes(state);
}

/** Nothing is under way: it is done, not wanted, gone, or a person must act. */
export function isAtRest(state: State): boolean {
  return stepOf(state) === undefined && state !== 'joining';
}

/** Where each event takes a file from each state: the whole journey as one table. Pure data; see docs/decisions/0001. */
import { type State, stateNames } from './state.ts';

interface EventFacts {
  readonly means: string;
  /** From state to state. Where a state is not named the event says nothing new, and the file stays. */
  readonly moves: Readonly<Partial<Record<State, State>>>;
}

/** The same destination from each of these states. */
function to(target: State, from: readonly State[]): Partial<Record<State, State>> {
  return Object.fromEntries(from.map((state) => [state, target]));
}

const allBut = (...without: readonly State[]): State[] => stateNames.filter((state) => !without.includes(state));

export const events = {
  seen: { means: 'a path is there (again)', moves: to('noticed', ['gone']) },
  changed: { means: 'size or times differ from what was known', moves: to('noticed', allBut('noticed')) },
  vanished: { means: 'the path is no longer there', moves: to('gone', allBut('gone')) },
  settled: { means: 'it stood still for the quiet time', moves: to('settled', ['noticed']) },
  wanted: { means: 'the rules want it', moves: to('wanted', ['settled']) },
  wantedAndKnown: { means: 'the rules want it, and its SHA-1 is known', moves: to('hashed', ['settled']) },
  unwanted: { means: 'the rules do not want it', moves: to('unwanted', ['settled']) },
  held: { means: 'a sidecar waits for its picture', moves: to('held', ['settled']) },
  sent: { means: 'a sidecar went along with its picture', moves: to('sent', ['held']) },
  left: { means: 'a sidecar came too late or was changed', moves: to('left', ['settled', 'held']) },
  hashed: { means: 'its bytes were read once', moves: to('hashed', ['wanted']) },
  absent: { means: 'Immich does not have the bytes', moves: to('missing', ['hashed']) },
  stored: { means: 'Immich has the bytes; they are to be read back', moves: to('stored', ['hashed', 'missing']) },
  storedUnasked: { means: 'Immich has the bytes; no read-back is asked', moves: to('unproven', ['hashed', 'missing']) },
  storedAndProven: { means: 'Immich has the bytes, and a proof of them stands', moves: to('proven', ['hashed', 'missing']) },
  proven: { means: 'the original was read back and is equal', moves: to('proven', ['stored']) },
  verified: {
    means: 'a second look read it back, and it is equal',
    moves: { stored: 'proven', unproven: 'proven', kept: 'safe' },
  },
  organised: { means: 'albums, tags and links are done', moves: { proven: 'safe', unproven: 'kept' } },
  blocked: {
    means: 'it cannot go on without a person',
    moves: to('blocked', ['noticed', 'settled', 'wanted', 'hashed', 'missing', 'joining', 'stored', 'unproven', 'kept', 'proven', 'safe']),
  },
  letGo: {
    means: 'the owner removed it in Immich (undo by the owner wins)',
    moves: to('letGo', ['hashed', 'missing', 'joining', 'stored', 'unproven', 'kept', 'proven', 'safe', 'blocked']),
  },
  retryOrdered: { means: 'a person says: try again; or a second look found it well', moves: to('settled', ['blocked']) },
  keepOrdered: { means: 'a person says: keep it after all', moves: to('settled', ['blocked', 'letGo']) },
  retryLater: { means: 'it did not work; again at a later time', moves: {} },
  retryDue: { means: 'the time to try again has come', moves: {} },
  moved: { means: 'the same file under another path', moves: {} },
  rulesChanged: {
    means: 'the owner changed the rules of its source',
    moves: to('settled', ['unwanted', 'wanted', 'hashed', 'missing', 'blocked', 'held']),
  },
  leftAlone: {
    means: 'it lies where nothing is looked at, such as in a bin, or is a file of another program',
    moves: to('unwanted', ['noticed', 'settled', 'wanted', 'hashed', 'missing', 'blocked', 'held']),
  },
  accountChanged: {
    means: 'its source goes to another Immich user now: nothing known of Immich holds any more',
    moves: {
      ...to('hashed', ['missing', 'joining', 'stored', 'unproven', 'kept', 'proven', 'safe', 'letGo']),
      ...to('settled', ['blocked']),
      ...to('held', ['sent', 'left']),
    },
  },
  motionHalfLate: { means: 'the motion half of a done live photo turned up', moves: to('joining', ['safe', 'kept']) },
  motionHalfJoined: { means: 'the late motion half is linked, or no longer expected', moves: to('unproven', ['joining']) },
  motionHalfJoinedProven: { means: 'the same, and the still itself is proven', moves: to('proven', ['joining']) },
  leftHidden: {
    means: 'a done motion half is hidden in Immich, no still shows it, and none is on its way that will',
    moves: { safe: 'proven', kept: 'unproven' },
  },
  entryFound: {
    means: "a calendar's entry names an album for it that it was not put into yet",
    moves: { safe: 'proven', kept: 'unproven' },
  },
  motionHalfBlocked: {
    means: 'the motion half needs a person, so the picture does',
    moves: to('blocked', ['joining', 'unproven', 'kept', 'proven', 'safe']),
  },
} as const satisfies Record<string, EventFacts>;

export type FileEvent = keyof typeof events;

export const eventNames = Object.keys(events) as readonly FileEvent[];

/** The state after `event`; the same state where the event says nothing new. Total: no pair is unhandled. */
export function move(state: State, event: FileEvent): State {
  const { moves }: EventFacts = events[event];
  return moves[state] ?? state;
}

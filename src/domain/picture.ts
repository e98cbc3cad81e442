/** What the files of one picture wait for in one another, and what an event of one means for the others. Pure. */
import type { FileRecord } from './file.ts';
import type { FileEvent } from './journey.ts';
import { isStored, type State } from './state.ts';

export type Member = Pick<FileRecord, 'id' | 'kind' | 'role' | 'state' | 'tries'>;

const onItsWay: readonly State[] = ['noticed', 'settled', 'wanted', 'hashed', 'missing'];

/** True while something is still to be done for a motion half: it is sent, proven, and linked to its still. */
const isUnfinished = (state: State): boolean =>
  onItsWay.includes(state) || state === 'stored' || state === 'proven' || state === 'unproven';

// Three: by then a program that still held the file has let go of it, and nobody minds half a minute.
const enoughTries = 3;

/** It cannot be read at the moment: that must not keep the rest of its picture from Immich. A half that comes late is linked later. */
const isHeldUp = ({ state, tries }: Member): boolean =>
  tries >= enoughTries && (state === 'noticed' || state === 'settled' || state === 'wanted');

/** A video beside a photo may turn out to be its motion half; until it is judged we do not know. */
function mayBeMotionHalf(member: Member): boolean {
  return member.role === 'motion' || (member.kind === 'video' && (member.state === 'noticed' || member.state === 'settled'));
}

/**
 * Why `file` may not be taken further yet; undefined when nothing of its picture holds it.
 * The order is: settle together, judge the still before the video, store the video before the still, link it, then organise the still.
 */
export function waitsFor(file: Member, others: readonly Member[]): string | undefined {
  const someOther = (condition: (member: Member) => boolean): boolean => others.some((member) => !isHeldUp(member) && condition(member));
  switch (file.state) {
    case 'settled':
      if (someOther(({ state }) => state === 'noticed')) return 'waits until all files of its picture are finished';
      if (file.kind === 'video' && someOther(({ kind, state }) => kind === 'photo' && state === 'settled')) {
        return 'waits until the photo of the same name is judged';
      }
      if (file.kind === 'sidecar' && someOther(({ kind, state }) => kind !== 'sidecar' && state === 'settled')) {
        return 'waits until its picture is judged';
      }
      return undefined;
    case 'missing':
      if (file.role !== 'main') return undefined;
      if (someOther(({ kind, state }) => kind === 'sidecar' && (state === 'noticed' || state === 'settled')))
        return 'waits for its sidecar';
      if (file.kind === 'photo' && someOther((member) => mayBeMotionHalf(member) && onItsWay.includes(member.state))) {
        return 'waits for its motion half';
      }
      return undefined;
    case 'proven':
    case 'unproven':
      if (file.role === 'motion') {
        return someOther(({ kind, state }) => kind === 'photo' && onItsWay.includes(state)) ? 'waits for its still' : undefined;
      }
      if (file.kind === 'photo' && someOther((member) => mayBeMotionHalf(member) && isUnfinished(member.state))) {
        return 'waits for its motion half';
      }
      return undefined;
    default:
      return undefined;
  }
}

export interface Consequence {
  readonly member: Member;
  readonly event: FileEvent;
}

/**
 * What the present states of a picture's files mean for its stills: a motion half that came late, was joined, or is blocked.
 * @param isProven whether a proof of the member's own bytes stands
 * @param stillOf whose half a motion half is: of several photos of one name only one has it
 */
export function consequences(
  members: readonly Member[],
  isProven: (member: Member) => boolean,
  stillOf: (motion: Member) => Member['id'] | undefined,
): readonly Consequence[] {
  const motions = members.filter(({ role }) => role === 'motion');
  const stills = members.filter(({ kind, role, state }) => kind === 'photo' && role === 'main' && (isStored(state) || state === 'blocked'));
  return stills.flatMap((still) => {
    const halves = motions.filter((motion) => stillOf(motion) === still.id);
    const event = eventOf(still, halves, isProven);
    return event ? [{ member: still, event }] : [];
  });
}

function eventOf(still: Member, halves: readonly Member[], isProven: (member: Member) => boolean): FileEvent | undefined {
  if (halves.some(({ state }) => state === 'blocked')) return still.state === 'blocked' ? undefined : 'motionHalfBlocked';
  if (halves.some((half) => isUnfinished(half.state) && !isHeldUp(half))) {
    return still.state === 'safe' || still.state === 'kept' ? 'motionHalfLate' : undefined;
  }
  if (still.state !== 'joining') return undefined;
  return isProven(still) ? 'motionHalfJoinedProven' : 'motionHalfJoined';
}

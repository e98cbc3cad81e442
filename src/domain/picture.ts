/** What the files of one picture wait for in one another, and what an event of one means for the others. Pure. */
import type { FileRecord } from './file.ts';
import type { FileEvent } from './journey.ts';
import { isStored, type State } from './state.ts';

export type Member = Pick<FileRecord, 'id' | 'kind' | 'role' | 'state'>;

const onItsWay: readonly State[] = ['noticed', 'settled', 'wanted', 'hashed', 'missing'];

/** True while something is still to be done for a motion half: it is sent, proven, and linked to its still. */
const isUnfinished = (state: State): boolean =>
  onItsWay.includes(state) || state === 'stored' || state === 'proven' || state === 'unproven';

/** A video beside a photo may turn out to be its motion half; until it is judged we do not know. */
function mayBeMotionHalf(member: Member): boolean {
  return member.role === 'motion' || (member.kind === 'video' && (member.state === 'noticed' || member.state === 'settled'));
}

/**
 * Why `file` may not be taken further yet; undefined when nothing of its picture holds it.
 * The order is: settle together, judge the still before the video, store the video before the still, link it, then organise the still.
 */
export function waitsFor(file: Member, others: readonly Member[]): string | undefined {
  const someOther = (condition: (member: Member) => boolean): boolean => others.some(condition);
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
 */
export function consequences(members: readonly Member[], isProven: (member: Member) => boolean): readonly Consequence[] {
  const motions = members.filter(({ role }) => role === 'motion');
  const still = members.find(({ kind, role, state }) => kind === 'photo' && role === 'main' && (isStored(state) || state === 'blocked'));
  if (!still) return [];
  if (motions.some(({ state }) => state === 'blocked')) {
    return still.state === 'blocked' ? [] : [{ member: still, event: 'motionHalfBlocked' }];
  }
  if (motions.some(({ state }) => isUnfinished(state))) {
    return still.state === 'safe' || still.state === 'kept' ? [{ member: still, event: 'motionHalfLate' }] : [];
  }
  return still.state === 'joining' ? [{ member: still, event: isProven(still) ? 'motionHalfJoinedProven' : 'motionHalfJoined' }] : [];
}

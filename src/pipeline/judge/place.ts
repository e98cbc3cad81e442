/** Says where a sidecar stands: with a picture that is yet to be sent, or too late. Pure. */
import { countedAs, type FileRecord, isStored } from '../../domain/index.ts';
import type { Relation } from '../family.ts';
import { happened, type Outcome } from '../outcome.ts';

const tooLate = 'it came, or was changed, after its picture was stored; Immich before 3.2 takes a sidecar only together with its picture';

export function placeOf(sidecar: FileRecord, family: readonly Relation[]): Outcome {
  const learnt = { role: 'sidecar' as const };
  const picture = family.find(({ member }) => member.id === sidecar.id)?.of;
  if (!picture) return happened('held', { reason: 'no wanted picture of this name is there yet', learnt });
  if (isStored(picture.state) || countedAs(picture.state) === 'letGo') return happened('left', { reason: tooLate, learnt });
  return happened('held', { reason: 'is sent with its picture', learnt });
}

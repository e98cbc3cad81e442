import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { FileId } from './ids.ts';
import { consequences, type Member, waitsFor } from './picture.ts';
import { type State, stateNames } from './state.ts';

const photo = (state: State): Member => ({ id: 1 as FileId, kind: 'photo', role: 'main', state, tries: 0 });
const motion = (state: State): Member => ({ id: 2 as FileId, kind: 'video', role: 'motion', state, tries: 0 });
const clip = (state: State): Member => ({ id: 2 as FileId, kind: 'video', role: 'main', state, tries: 0 });
const sidecar = (state: State): Member => ({ id: 3 as FileId, kind: 'sidecar', role: 'sidecar', state, tries: 0 });

describe('a file waits for others of its picture', () => {
  for (const { name, file, others, waits } of [
    { name: 'a photo alone waits for nobody', file: photo('missing'), others: [], waits: false },
    { name: 'all settle together', file: photo('settled'), others: [clip('noticed')], waits: true },
    { name: 'the video is judged after the photo', file: clip('settled'), others: [photo('settled')], waits: true },
    { name: 'the photo is judged before the video', file: photo('settled'), others: [clip('settled')], waits: false },
    { name: 'the sidecar is judged last', file: sidecar('settled'), others: [photo('settled')], waits: true },
    { name: 'the still goes up after its motion half', file: photo('missing'), others: [motion('missing')], waits: true },
    { name: 'the still goes up once its motion half is stored', file: photo('missing'), others: [motion('stored')], waits: false },
    { name: 'the still goes up alone when its motion half is blocked', file: photo('missing'), others: [motion('blocked')], waits: false },
    { name: 'the still waits while the video is not judged', file: photo('missing'), others: [clip('settled')], waits: true },
    { name: 'a clip that is no motion half holds nobody up', file: photo('missing'), others: [clip('missing')], waits: false },
    {
      name: 'a half that cannot be read holds nobody up for long',
      file: photo('missing'),
      others: [{ ...motion('wanted'), tries: 3 }],
      waits: false,
    },
    { name: 'a photo waits until its sidecar is judged', file: photo('missing'), others: [sidecar('settled')], waits: true },
    { name: 'a photo goes with a held sidecar', file: photo('missing'), others: [sidecar('held')], waits: false },
    { name: 'the motion half is linked when the still is stored', file: motion('proven'), others: [photo('stored')], waits: false },
    { name: 'the motion half is not linked before', file: motion('proven'), others: [photo('missing')], waits: true },
    { name: 'the still is organised after the link', file: photo('proven'), others: [motion('proven')], waits: true },
    { name: 'the still is organised once the motion half is safe', file: photo('proven'), others: [motion('safe')], waits: false },
  ]) {
    it(name, () => assert.equal(waitsFor(file, others) !== undefined, waits));
  }

  it('never in a circle: of two halves that can work, one always may', () =>
    fc.assert(
      fc.property(fc.constantFrom(...stateNames), fc.constantFrom(...stateNames), (one, two) => {
        const [still, half] = [photo(one), one === 'noticed' || two === 'settled' ? clip(two) : motion(two)];
        const working: State[] = ['noticed', 'settled', 'wanted', 'hashed', 'missing', 'stored', 'unproven', 'proven'];
        const isStuck = (member: Member, other: Member): boolean =>
          !working.includes(member.state) || waitsFor(member, [other]) !== undefined;
        if (working.includes(one) || working.includes(two)) {
          if (isStuck(still, half) && isStuck(half, still)) {
            // Both stand still only where the one that is waited for rests in a state that moves by itself or by an event.
            assert.fail(`photo ${one} and video ${two} wait for one another`);
          }
        }
      }),
    ));
});

describe('what happens to a motion half moves its still', () => {
  const proven = (): boolean => true;
  const ofPhoto = (): FileId => photo('safe').id;
  for (const { name, still, half, event } of [
    { name: 'a late half makes a safe photo wait', still: 'safe', half: 'noticed', event: 'motionHalfLate' },
    { name: 'a photo under way waits by its gate instead', still: 'proven', half: 'missing', event: undefined },
    { name: 'the still is safe again once the half is', still: 'joining', half: 'safe', event: 'motionHalfJoinedProven' },
    { name: 'the still does not wait for a half that left', still: 'joining', half: 'gone', event: 'motionHalfJoinedProven' },
    { name: 'a blocked half blocks the picture', still: 'safe', half: 'blocked', event: 'motionHalfBlocked' },
    { name: 'nothing happens when both are safe', still: 'safe', half: 'safe', event: undefined },
    { name: 'a photo that is not stored yet goes its own way', still: 'missing', half: 'blocked', event: undefined },
  ] as const) {
    it(name, () => assert.equal(consequences([photo(still), motion(half)], proven, ofPhoto)[0]?.event, event));
  }

  it('without a proof of its own the still goes back to be organised only', () =>
    assert.equal(consequences([photo('joining'), motion('kept')], () => false, ofPhoto)[0]?.event, 'motionHalfJoined'));
});

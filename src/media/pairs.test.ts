import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { extensionOf, kindOfName } from './kinds.ts';
import { type Member, rolesOf } from './pairs.ts';

type Facts = Pick<Member, 'contentIdentifier' | 'durationMs' | 'taken'>;

const noonMs = Date.UTC(2024, 6, 14, 12);
/** By a still's wall clock at home, which says nothing of its zone; three seconds of film a second later. */
const still: Facts = { taken: { local: '2024-07-14T14:00:00', epochMs: noonMs, from: 'EXIF' } };
const film = (laterMs = 1_000): Facts => ({
  durationMs: 3_000,
  taken: { local: new Date(noonMs + 2 * 3_600_000 + laterMs).toISOString().slice(0, 19), epochMs: noonMs + laterMs, from: 'movie header' },
});
const apple = (contentIdentifier: string, more: Facts = {}): Facts => ({ contentIdentifier, ...more });

function member(name: string, facts: Facts = {}): Member {
  const bytes = Buffer.from(name, 'latin1');
  const extension = extensionOf(bytes);
  return { name: bytes, extension, kind: kindOfName(bytes), ...facts };
}

function tell(members: readonly Member[]): Record<string, string> {
  const text = (name: Uint8Array): string => Buffer.from(name).toString('latin1');
  return Object.fromEntries(
    rolesOf(members).map((role, index) => {
      const of = role.role === 'main' ? '' : role.of ? ` of ${text(role.of.name)}` : ' of none';
      return [text(members[index]?.name ?? Buffer.of()), role.role + of];
    }),
  );
}

describe('files that belong together', () => {
  const table: readonly { name: string; members: (string | [string, Facts])[]; expected: Record<string, string> }[] = [
    { name: 'a picture alone', members: ['X.jpg'], expected: { 'X.jpg': 'main' } },
    {
      name: 'a live photo by what the phone says',
      members: [
        ['X.MOV', apple('a', { durationMs: 3_000 })],
        ['X.HEIC', apple('a')],
      ],
      expected: { 'X.HEIC': 'main', 'X.MOV': 'motion of X.HEIC' },
    },
    {
      name: 'a live photo by its moment',
      members: [
        ['X.mp4', film()],
        ['X.jpg', still],
      ],
      expected: { 'X.jpg': 'main', 'X.mp4': 'motion of X.jpg' },
    },
    {
      name: 'a live photo and its copy as JPEG',
      members: [
        ['X.JPG', still],
        ['X.MOV', film()],
        ['X.HEIC', still],
      ],
      expected: { 'X.HEIC': 'main', 'X.JPG': 'main', 'X.MOV': 'motion of X.HEIC' },
    },
    {
      name: 'the still that shares the identifier, whatever its format',
      members: [
        ['X.JPG', apple('a', still)],
        ['X.MOV', apple('a', film())],
        ['X.HEIC', still],
      ],
      expected: { 'X.HEIC': 'main', 'X.JPG': 'main', 'X.MOV': 'motion of X.JPG' },
    },
    {
      name: 'a RAW that shares the identifier',
      members: [
        ['X.DNG', apple('a')],
        ['X.MOV', apple('a')],
      ],
      expected: { 'X.DNG': 'main', 'X.MOV': 'motion of X.DNG' },
    },
    {
      name: 'one identifier, and a length that nobody knows or believes: Immich joins them all the same',
      members: [
        ['X.HEIC', apple('a')],
        ['X.MOV', apple('a', { durationMs: 60_000 })],
      ],
      expected: { 'X.HEIC': 'main', 'X.MOV': 'motion of X.HEIC' },
    },
    {
      name: 'strangers by their identifiers, of one moment',
      members: [
        ['X.HEIC', apple('a', still)],
        ['X.MOV', apple('b', film())],
      ],
      expected: { 'X.HEIC': 'main', 'X.MOV': 'main' },
    },
    {
      name: 'one identifier missing, of one moment',
      members: [
        ['X.HEIC', apple('a', still)],
        ['X.MOV', film()],
      ],
      expected: { 'X.HEIC': 'main', 'X.MOV': 'motion of X.HEIC' },
    },
    {
      name: 'one identifier missing, of two moments',
      members: [
        ['X.HEIC', apple('a', still)],
        ['X.MOV', film(60_000)],
      ],
      expected: { 'X.HEIC': 'main', 'X.MOV': 'main' },
    },
    { name: 'of which nothing is known but the name', members: ['X.HEIC', 'X.MOV'], expected: { 'X.HEIC': 'main', 'X.MOV': 'main' } },
    {
      name: 'a clip of unknown length',
      members: [
        ['X.JPG', still],
        ['X.MOV', { ...film(), durationMs: undefined }],
      ],
      expected: { 'X.JPG': 'main', 'X.MOV': 'main' },
    },
    {
      name: 'a clip too long to be a live photo',
      members: [
        ['X.JPG', still],
        ['X.MOV', { ...film(), durationMs: 10_001 }],
      ],
      expected: { 'X.JPG': 'main', 'X.MOV': 'main' },
    },
    {
      name: 'a clip just short enough',
      members: [
        ['X.JPG', still],
        ['X.MOV', { ...film(), durationMs: 10_000 }],
      ],
      expected: { 'X.JPG': 'main', 'X.MOV': 'motion of X.JPG' },
    },
    {
      name: 'a clip of another day',
      members: [
        ['X.JPG', still],
        ['X.MOV', film(3 * 86_400_000)],
      ],
      expected: { 'X.JPG': 'main', 'X.MOV': 'main' },
    },
    {
      name: 'one motion only',
      members: [
        ['X.HEIC', still],
        ['X.mp4', film()],
        ['X.mov', film()],
      ],
      expected: { 'X.HEIC': 'main', 'X.mov': 'motion of X.HEIC', 'X.mp4': 'main' },
    },
    {
      name: 'no phone makes live photos as PNG',
      members: [
        ['X.png', still],
        ['X.mov', film()],
      ],
      expected: { 'X.mov': 'main', 'X.png': 'main' },
    },
    { name: 'RAW and JPEG side by side', members: ['X.JPG', 'X.CR2'], expected: { 'X.CR2': 'main', 'X.JPG': 'main' } },
    {
      name: 'a sidecar of the RAW',
      members: ['X.xmp', 'X.JPG', 'X.NEF'],
      expected: { 'X.NEF': 'main', 'X.JPG': 'main', 'X.xmp': 'sidecar of X.NEF' },
    },
    {
      name: 'a sidecar of exactly one',
      members: ['X.jpg.xmp', 'X.jpg', 'X.NEF'],
      expected: { 'X.NEF': 'main', 'X.jpg': 'main', 'X.jpg.xmp': 'sidecar of X.jpg' },
    },
    {
      name: 'halves whose names differ in case',
      members: [
        ['img_1.mov', film()],
        ['IMG_1.HEIC', still],
      ],
      expected: { 'IMG_1.HEIC': 'main', 'img_1.mov': 'motion of IMG_1.HEIC' },
    },
    {
      name: 'two live photos whose names differ in case',
      members: [
        ['a.mov', film()],
        ['A.mov', film()],
        ['a.jpg', still],
        ['A.jpg', still],
      ],
      expected: { 'A.jpg': 'main', 'A.mov': 'motion of A.jpg', 'a.jpg': 'main', 'a.mov': 'motion of a.jpg' },
    },
    {
      name: 'a live photo as icloudpd names it',
      members: [
        ['IMG_1_HEVC.MOV', apple('a')],
        ['IMG_1.HEIC', apple('a')],
      ],
      expected: { 'IMG_1.HEIC': 'main', 'IMG_1_HEVC.MOV': 'motion of IMG_1.HEIC' },
    },
    {
      name: 'a live photo as icloudpd names it, and a film of another day',
      members: [
        ['IMG_1_HEVC.MOV', film()],
        ['IMG_1.MOV', film(86_400_000)],
        ['IMG_1.HEIC', still],
      ],
      expected: { 'IMG_1.HEIC': 'main', 'IMG_1.MOV': 'main', 'IMG_1_HEVC.MOV': 'motion of IMG_1.HEIC' },
    },
    {
      name: 'two live photos of one name, each by its identifier',
      members: [
        ['IMG_1.MOV', apple('b')],
        ['IMG_1_HEVC.MOV', apple('a')],
        ['IMG_1.HEIC', apple('a')],
        ['IMG_1.JPG', apple('b')],
      ],
      expected: { 'IMG_1.HEIC': 'main', 'IMG_1.JPG': 'main', 'IMG_1.MOV': 'motion of IMG_1.JPG', 'IMG_1_HEVC.MOV': 'motion of IMG_1.HEIC' },
    },
    {
      name: 'a Pixel’s motion photo as Google hands it out',
      members: [
        ['PXL_20240714_120000123.MP', film()],
        ['PXL_20240714_120000123.MP.jpg', still],
      ],
      expected: {
        'PXL_20240714_120000123.MP': 'motion of PXL_20240714_120000123.MP.jpg',
        'PXL_20240714_120000123.MP.jpg': 'main',
      },
    },
    {
      name: 'sidecars of two pictures whose names differ in case',
      members: ['a.xmp', 'A.xmp', 'A.jpg', 'a.jpg'],
      expected: { 'A.jpg': 'main', 'A.xmp': 'sidecar of A.jpg', 'a.jpg': 'main', 'a.xmp': 'sidecar of a.jpg' },
    },
    {
      name: 'a sidecar of the film, as icloudpd names that',
      members: ['IMG_1_HEVC.xmp', 'IMG_1_HEVC.MOV', 'IMG_1.HEIC'],
      expected: { 'IMG_1.HEIC': 'main', 'IMG_1_HEVC.MOV': 'main', 'IMG_1_HEVC.xmp': 'sidecar of IMG_1_HEVC.MOV' },
    },
    {
      name: 'a sidecar in other case of its picture',
      members: ['x.xmp', 'X.JPG'],
      expected: { 'X.JPG': 'main', 'x.xmp': 'sidecar of X.JPG' },
    },
    { name: 'a sidecar in other case', members: ['X.jpg.XMP', 'X.JPG'], expected: { 'X.JPG': 'main', 'X.jpg.XMP': 'sidecar of X.JPG' } },
    {
      name: 'a sidecar whose picture is away',
      members: ['X.jpg.xmp', 'X.heic'],
      expected: { 'X.heic': 'main', 'X.jpg.xmp': 'sidecar of none' },
    },
    { name: 'a sidecar alone', members: ['X.xmp'], expected: { 'X.xmp': 'sidecar of none' } },
    { name: 'a sidecar of a video', members: ['X.xmp', 'X.mp4'], expected: { 'X.mp4': 'main', 'X.xmp': 'sidecar of X.mp4' } },
    {
      name: 'a live photo’s sidecar goes with the still',
      members: ['X.xmp', ['X.mov', film()], ['X.heic', still]],
      expected: { 'X.heic': 'main', 'X.mov': 'motion of X.heic', 'X.xmp': 'sidecar of X.heic' },
    },
  ];
  for (const { name, members, expected } of table) {
    it(name, () => assert.deepEqual(tell(members.map((each) => (typeof each === 'string' ? member(each) : member(...each)))), expected));
  }

  const names = ['X.jpg', 'X.JPG', 'X.heic', 'X.mov', 'X.MOV', 'X.mp4', 'X.nef', 'X.png', 'X.xmp', 'X.jpg.xmp', 'X.heic.XMP', 'X.mov.xmp'];
  const facts = fc.record({
    contentIdentifier: fc.constantFrom('a', 'b', undefined),
    durationMs: fc.constantFrom(2_000, 60_000, undefined),
    taken: fc.constantFrom(still.taken, film().taken, film(40_000).taken, undefined),
  });
  const groups = fc
    .uniqueArray(fc.tuple(fc.constantFrom(...names), facts), { selector: ([name]) => name })
    .map((chosen) => chosen.map(([name, known]) => member(name, known)));

  it('get the same roles in whatever order a disk lists them', () =>
    fc.assert(
      fc.property(
        groups.chain((group) => fc.tuple(fc.constant(group), fc.shuffledSubarray(group, { minLength: group.length }))),
        ([group, shuffled]) => assert.deepEqual(tell(shuffled), tell(group)),
      ),
    ));

  it('each get one role, and belong to a picture that stands for itself or moves', () =>
    fc.assert(
      fc.property(groups, (group) => {
        const roles = rolesOf(group);
        assert.equal(roles.length, group.length);
        for (const [index, role] of roles.entries()) {
          assert.equal(role.role === 'sidecar', group[index]?.kind === 'sidecar');
          if (role.role === 'motion') assert.equal(roles[group.indexOf(role.of)]?.role, 'main');
          if (role.role === 'motion') assert.equal(roles.filter((other) => other.role === 'motion' && other.of === role.of).length, 1);
          if (role.role === 'sidecar' && role.of) assert.notEqual(role.of.kind, 'sidecar');
        }
      }),
    ));
});

/** Every file can answer "why?", in sentences. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { filmOf, jpegOf, stillOf } from '../../test/kit/halves.ts';
import { TestHousehold } from '../../test/kit/household.ts';
import { type FileId, type FileRecord, type FolderId, parseTemplate, personHome, type SourceId } from '../domain/index.ts';
import type { SourceRecord } from '../journal/index.ts';
import { exifDirectory } from '../practice/samples/exif.ts';
import { encodeJpeg } from '../practice/samples/jpeg.ts';
import { writeTiff } from '../practice/samples/tiff.ts';
import { explain, whyFile, whyUnknown } from './why.ts';

const source: SourceRecord = { id: 1 as SourceId, name: 'Scanner', root: Buffer.from('/scans'), rules: '', state: 'present', sweeps: 1 };
const file = (more: Partial<FileRecord>): FileRecord => ({
  id: 1 as FileId,
  sourceId: source.id,
  folderId: 1 as FolderId,
  name: Buffer.from('a.jpg'),
  stem: Buffer.from('a'),
  kind: 'photo',
  role: 'main',
  stat: { sizeBytes: 1, mtimeNs: 0n, ctimeNs: 0n, birthtimeNs: 0n, device: 0n, inode: 0n },
  seenAtMs: 0,
  state: 'safe',
  notes: {},
  rank: 0,
  isReady: false,
  tries: 0,
  revision: 0,
  ...more,
});

describe('why', () => {
  const cases: readonly {
    readonly name: string;
    readonly of: FileRecord;
    readonly others?: readonly FileRecord[];
    readonly source?: SourceRecord;
    readonly isPaused?: boolean;
    readonly hindrance?: string;
    readonly awaited?: Parameters<typeof explain>[1]['awaited'];
    readonly limit?: { readonly waitsFor: string; readonly homeAwayForMs?: number };
    readonly says: readonly string[];
  }[] = [
    {
      name: 'tells that it was sent, and what follows when Immich goes on being silent',
      of: file({ state: 'missing' }),
      awaited: { id: 1 as FileId, sinceMs: -39_000, untilMs: 21_000 },
      says: [
        'Immich does not have it yet.',
        'It was sent 40 seconds ago, and Immich has not answered yet: in 20 seconds Homeroll asks whether Immich has it, and sends it again if not.',
      ],
    },
    { name: 'says what is true', of: file({ state: 'safe' }), says: ['Read back from Immich and found equal.'] },
    {
      name: 'gives the reason',
      of: file({ state: 'blocked', reason: 'the same bytes lie in the trash' }),
      says: ['Needs a person.', 'The same bytes lie in the trash.'],
    },
    {
      name: 'tells when it goes on',
      of: file({ state: 'missing', reason: 'Immich is busy', dueAtMs: 181_000 }),
      says: ['Immich does not have it yet.', 'Immich is busy.', 'It is looked at again in 3 minutes.'],
    },
    {
      name: 'tells why a file is not wanted, and not besides that it is not wanted',
      of: file({ state: 'unwanted', reason: 'not wanted: empty (0 bytes)' }),
      says: ['Not wanted: empty (0 bytes).'],
    },
    {
      name: 'tells once what its state says already',
      of: file({ kind: 'sidecar', role: 'sidecar', state: 'sent', reason: 'sent with its picture' }),
      says: ['A sidecar that was sent with its picture.'],
    },
    {
      name: 'tells what of its picture it waits for',
      of: file({ state: 'missing' }),
      others: [file({ id: 2 as FileId, kind: 'video', role: 'motion', state: 'wanted' })],
      says: ['Immich does not have it yet.', 'It waits for its motion half.'],
    },
    {
      name: 'tells what must come to be so in the home',
      of: file({ state: 'wanted' }),
      limit: { waitsFor: 'everybody is away' },
      says: ['Wanted, not read yet.', 'It waits until everybody is away.'],
    },
    {
      name: 'tells that nobody knows whether it is so',
      of: file({ state: 'wanted' }),
      limit: { waitsFor: 'everybody is away', homeAwayForMs: 181_000 },
      says: [
        'Wanted, not read yet.',
        'It waits until everybody is away.',
        'Home Assistant has been away for 3 minutes, so nobody knows whether that is so.',
      ],
    },
    {
      name: 'says nothing of the home once it is done',
      of: file({}),
      limit: { waitsFor: 'x' },
      says: ['Read back from Immich and found equal.'],
    },
    {
      name: 'tells that its source rests',
      of: file({ state: 'wanted' }),
      source: { ...source, state: 'paused' as const, reason: 'paused by the owner' },
      says: ['Wanted, not read yet.', 'Scanner is paused: paused by the owner.'],
    },
    {
      name: 'does not blame a resting source for what is done',
      of: file({ state: 'safe' }),
      source: { ...source, state: 'away' as const, reason: 'not there' },
      says: ['Read back from Immich and found equal.'],
    },
    {
      name: 'tells that everything is paused',
      of: file({ state: 'wanted' }),
      isPaused: true,
      says: ['Wanted, not read yet.', 'Homeroll is paused: `homeroll resume` goes on.'],
    },
    {
      name: 'tells what is in the way of its step, once',
      of: file({ state: 'missing', reason: 'the key lacks a permission' }),
      hindrance: 'the key lacks a permission',
      says: ['Immich does not have it yet.', 'The key lacks a permission.'],
    },
    {
      name: 'tells what is in the way of its step, beside what befell itself',
      of: file({ state: 'missing', reason: 'Immich was busy' }),
      hindrance: 'the key lacks a permission',
      says: ['Immich does not have it yet.', 'Immich was busy.', 'The key lacks a permission.'],
    },
  ];
  for (const { name, of, others = [], source: from = source, isPaused = false, hindrance, limit, awaited, says } of cases) {
    it(name, () => assert.deepEqual(explain(of, { others, source: from, isPaused, hindrance, limit, awaited, nowMs: 1_000 }), says));
  }

  it('tells what set a clock right, and what Immich shows', async () => {
    const clock = [{ isLocal: false, addMs: 3_600_000, isForImmich: false, said: '+1h', where: 'homeroll.yaml:9' }];
    await using home = await TestHousehold.open({ sources: [{ clock }] });
    const exif = writeTiff(exifDirectory({ make: 'Canon', model: 'EOS', local: '2019-04-30T23:30:00' }));
    await home.write('a.jpg', encodeJpeg({ width: 16, height: 16, rgb: new Uint8ClampedArray(768) }, { exif }));
    await home.once();
    assert.deepEqual(whyFile(home.path('a.jpg'), home.journal, 0)?.taken, {
      local: '2019-05-01T00:30:00',
      from: 'EXIF',
      correctedBy: 'clock: +1h (homeroll.yaml:9)',
      inImmich: '2019-04-30T23:30:00',
    });
  });

  it('names a missing permission for each file that waits for it, and for none of them once the key may', async () => {
    await using home = await TestHousehold.open();
    const names = Array.from({ length: 20 }, (_, number) => `${number}.jpg`);
    for (const name of names) await home.write(name);
    const full = home.config.immich.accounts[0]?.key.reveal() ?? '';
    const wish = { name: 'less', permissions: ['user.read', 'asset.upload', 'asset.read'] };
    const { secret } = (await home.byHand('POST', '/api-keys', wish)) as { secret: string };
    home.useKey('anna', secret);
    await home.once();
    const hindered = (): string[] => {
      const answers = names.map((name) => whyFile(home.path(name), home.journal, home.clock.now())?.now.join(' ') ?? '');
      return answers.filter((now) => now.includes('"asset.download"'));
    };
    assert.equal(hindered().length, names.length);
    home.useKey('anna', full);
    home.clock.leap(3_600_000);
    await home.once();
    assert.deepEqual([hindered().length, home.numbers().safe], [0, names.length]);
  });

  it('says of a photo and a film that only share their name that they are two, and of a live photo that it is one', async () => {
    await using home = await TestHousehold.open();
    await home.write('IMG_1.JPG', jpegOf('still', { isMarked: false }));
    await home.write('IMG_1.MOV', filmOf('years later', { isMarked: false, at: '2020-07-14T12:00:00' }));
    await home.write('IMG_2.HEIC', stillOf('still'));
    await home.write('IMG_2.MOV', filmOf('motion'));
    await home.once();
    const why = (name: string) => whyFile(home.path(name), home.journal, home.clock.now());
    const together = (name: string) => [why(name)?.picture, why(name)?.namedAlike];
    assert.deepEqual(together('IMG_1.JPG'), [[], ['IMG_1.MOV']]);
    assert.deepEqual(together('IMG_1.MOV'), [[], ['IMG_1.JPG']]);
    assert.deepEqual(together('IMG_2.HEIC'), [['IMG_2.MOV'], []]);
    assert.deepEqual([together('IMG_2.MOV'), why('IMG_2.MOV')?.taken?.inImmich], [[['IMG_2.HEIC'], []], null]);
  });

  const sources = [{ name: 'Scanner', folder: '/scans', when: { kind: 'manual' } }] as const;
  for (const { path, says } of [
    { path: '/elsewhere/a.jpg', says: /lies in none of your sources \(\/scans\)/ },
    { path: '/scans/.DS_Store', says: /is left alone/ },
    { path: '/scans/@eaDir/a.jpg', says: /is left alone/ },
    { path: '/scans/a.jpg', says: /Nothing is known of \/scans\/a.jpg in Scanner/ },
    { path: '/scansother/a.jpg', says: /none of your sources/ },
  ]) {
    it(`says why nothing is known of ${path}`, () => assert.match(whyUnknown(Buffer.from(path), sources), says));
  }
  for (const [path, found, says] of [
    ['/scans', 'folder', '/scans is a folder: name a file in it.'],
    ['/scans/in', 'folder', '/scans/in is a folder: name a file in it.'],
    ['/scans/a.jpg', 'link', '/scans/a.jpg is a link, and links are not followed: name the file that it points to.'],
    ['/scans/a.jpg', 'file', '/scans/a.jpg was not looked at yet: homeroll once --source "Scanner" looks through Scanner.'],
  ] as const) {
    it(`says what lies at ${path}: a ${found}`, () => assert.equal(whyUnknown(Buffer.from(path), sources, { found }), says));
  }
  const circumstance = { kind: 'circumstance', circumstance: { ...personHome('person.anna'), forMs: 0 } } as const;
  for (const { when, isAtWork, says } of [
    {
      when: circumstance,
      isAtWork: false,
      says: 'Scanner is looked through when person.anna is at home, and homeroll once --source "Scanner" does it now.',
    },
    {
      when: circumstance,
      isAtWork: true,
      says: 'Scanner is looked through when person.anna is at home, and homeroll look --source "Scanner" does it now.',
    },
    { when: { kind: 'manual' }, isAtWork: true, says: 'homeroll look --source "Scanner" looks through Scanner.' },
    {
      when: { kind: 'new media', sweepEveryMs: 3_600_000 },
      isAtWork: true,
      says: 'Homeroll runs and comes to it by itself, and homeroll look --source "Scanner" looks now.',
    },
  ] as const)
    it(`says what looks at a file next: ${says}`, () => {
      const source = { name: 'Scanner', folder: '/scans', when };
      assert.equal(
        whyUnknown(Buffer.from('/scans/a.jpg'), [source], { found: 'file', isAtWork }),
        `/scans/a.jpg was not looked at yet: ${says}`,
      );
    });
});

describe('the albums of a motion half', () => {
  it('are none, though it was in one before its still came: it is seen with that', async () => {
    await using home = await TestHousehold.open({ sources: [{ albums: [{ template: parseTemplate('{year}'), isAdoptable: false }] }] });
    const albumsOf = (name: string) => whyFile(home.path(name), home.journal, home.clock.now())?.albums;
    await home.write('IMG_1.MOV');
    await home.once();
    assert.deepEqual(albumsOf('IMG_1.MOV'), ['2024']);
    await home.write('IMG_1.HEIC');
    await home.once();
    assert.deepEqual([albumsOf('IMG_1.MOV'), albumsOf('IMG_1.HEIC')], [[], ['2024']]);
  });
});

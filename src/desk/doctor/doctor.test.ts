/** The doctor says what is not well, and what to do about it. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { TestJournal } from '../../../test/kit/test-journal.ts';
import type { SourceConfig } from '../../config/index.ts';
import type { UserId } from '../../domain/index.ts';
import { type Disk, DiskError, NoAnswer, realDisk } from '../../files/index.ts';
import { type Immich, ImmichError, type ImmichTransport } from '../../immich/index.ts';
import { systemClock } from '../../kernel/index.ts';
import { noteUnreadable } from '../unreadable.ts';
import { whyUnknown } from '../why.ts';
import { checkAccount } from './check-account.ts';
import { checkMachine } from './check-machine.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkServer } from './check-server.ts';
import { checkSource } from './check-sources.ts';
import type { Finding } from './finding.ts';

const never = new AbortController().signal;
const said = (findings: readonly Finding[]): string => findings.map(({ verdict, sentence }) => `${verdict}: ${sentence}`).join('\n');

describe('the doctor', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'homeroll-doctor-'));
    mkdirSync(join(folder, 'pictures'));
    mkdirSync(join(folder, 'empty'));
    writeFileSync(join(folder, 'pictures', 'a.jpg'), 'a');
  });
  after(() => rmSync(folder, { recursive: true }));

  const source = (name: string): SourceConfig => ({
    name,
    folder: join(folder, name),
    account: 'anna',
    when: { kind: 'manual' },
    rules: [],
    settleMs: 0,
    proof: { kind: 'every' },
    albums: [],
    tags: [],
    identity: 'auto',
  });
  const parts = { disk: realDisk, journal: undefined, isImmichStorage: async (path: string) => path.endsWith('library') };

  for (const { name, says } of [
    { name: 'pictures', says: /ok: .*can be read \(1 files looked at\)/ },
    { name: 'empty', says: /warning: .*is empty/ },
    { name: 'gone', says: /problem: .*is not there/ },
  ])
    it(`looks into the folder "${name}"`, async () => assert.match(said(await checkSource(source(name), parts, never)), says));

  it('makes nothing of a folder that vanishes while it looks', async () => {
    for (const name of ['busy', 'busy/0', 'busy/1']) mkdirSync(join(folder, name));
    const disk: Disk = {
      ...realDisk,
      async *entries(path, signal) {
        yield* realDisk.entries(path, signal);
        if (path.toString().endsWith('busy')) rmSync(join(folder, 'busy', '1'), { recursive: true, force: true });
      },
    };
    writeFileSync(join(folder, 'busy', 'a.jpg'), 'a');
    assert.match(said(await checkSource(source('busy'), { ...parts, disk }, never)), /^ok: .*can be read \(1 files looked at\)/);
  });

  it('says of a folder that is listed, and not to be had, that it is unreadable', async () => {
    mkdirSync(join(folder, 'odd', 'name'), { recursive: true });
    const disk: Disk = { ...realDisk, stat: async (path) => (path.toString().endsWith('name') ? undefined : realDisk.stat(path)) };
    assert.match(said(await checkSource(source('odd'), { ...parts, disk }, never)), /^problem: .*nothing can be had under that name/);
  });

  it('says of a share that does not answer since when, as a Homeroll at work noticed it', async () => {
    using test = new TestJournal();
    const noAnswer = new DiskError('away', Buffer.from(folder), new NoAnswer(Buffer.from('/mnt/nas'), 0, () => '23:59'));
    const disk: Disk = { ...realDisk, root: () => Promise.reject(noAnswer) };
    const phone = { ...source('pictures'), name: 'Phone' };
    const look = async (): Promise<string> => said(await checkSource(phone, { ...parts, disk, journal: test.journal }, never));
    assert.match(await look(), /^problem: \/mnt\/nas does not answer since 23:59\./);
    test.journal.sources.update(test.sourceId, { state: 'away', reason: '/mnt/nas does not answer since 21:04. It goes on.' });
    assert.equal(await look(), 'problem: /mnt/nas does not answer since 21:04. It goes on.');
    test.journal.sources.update(test.sourceId, { state: 'away', reason: '/mnt/other does not answer since 21:04.' });
    assert.match(await look(), /nas does not answer since 23:59/, 'of another share nothing is known');
    test.journal.sources.update(test.sourceId, { state: 'present', reason: undefined });
    noteUnreadable(test.journal, test.sourceId, ['/mnt/nas does not answer since 21:04. It goes on.']);
    assert.equal(await look(), 'problem: /mnt/nas does not answer since 21:04. It goes on.', 'of a part of a source');
    const found = new NoAnswer(Buffer.from('/mnt/nas'), 0, () => '23:59');
    assert.equal(
      whyUnknown(Buffer.from(join(folder, 'pictures', 'b.jpg')), [phone], { found, journal: test.journal }),
      `Nothing is known of ${join(folder, 'pictures', 'b.jpg')} in Phone: /mnt/nas does not answer since 21:04. It goes on.`,
    );
  });

  it('tells of a mark that cannot be read', async () => {
    using test = new TestJournal();
    test.journal.marks.put({ sourceId: test.sourceId, folder: Buffer.alloc(0), kind: 'patterns', problem: 'It is no text.' });
    const phone = { ...source('pictures'), name: 'Phone' };
    assert.match(said(await checkSource(phone, { ...parts, journal: test.journal }, never)), /^warning: It is no text\.$/m);
  });

  it('knows the storage of Immich itself', async () => {
    mkdirSync(join(folder, 'library'));
    assert.match(said(await checkSource(source('library'), parts, never)), /problem: .*where Immich itself keeps its files/);
  });

  // Only the questions that the doctor asks are answered.
  const immich = (answers: Partial<Immich>): Immich => answers as Immich;
  const me = { userId: 'u' as UserId, name: 'Anna', isAdmin: false, quotaSizeBytes: undefined, quotaUsedBytes: 0 };

  const enough = [
    ...['user.read', 'asset.read', 'asset.download', 'asset.upload', 'asset.update', 'asset.delete', 'tag.create', 'tag.asset'],
    ...['album.create', 'album.read', 'album.update', 'album.delete', 'albumAsset.create'],
  ];

  for (const { name, permissions, says, isUnusable = false, isPictureShown = false, areHalfFilesReplaced = false } of [
    { name: 'may do everything', permissions: ['all'], says: /ok: Its key belongs to Anna/ },
    {
      name: 'may not look',
      permissions: enough,
      says: /warning: Its key lacks asset.view: none of its pictures is shown/,
      isPictureShown: true,
    },
    {
      name: 'may not see links',
      permissions: enough,
      says: /warning: Its key lacks sharedLink.read: the beginnings of files .* stay in Immich/,
      areHalfFilesReplaced: true,
    },
    { name: 'need not look', permissions: enough, says: /ok: Its key may do all that is needed/ },
    {
      name: 'may not upload',
      permissions: ['user.read', 'asset.read', 'asset.download'],
      says: /problem: Its key lacks asset.upload/,
      isUnusable: true,
    },
    {
      name: 'may not make albums',
      permissions: ['user.read', 'asset.read', 'asset.download', 'asset.upload', 'asset.update', 'asset.delete', 'tag.create', 'tag.asset'],
      says: /warning: Its key lacks album.create, album.read, album.update, album.delete and albumAsset.create: no albums/,
    },
  ])
    it(`reads a key that ${name}`, async () => {
      const findings = await checkAccount(
        {
          name: 'anna',
          immich: immich({ keyPermissions: async () => permissions, me: async () => me }),
          isPictureShown,
          areHalfFilesReplaced,
        },
        never,
      );
      assert.match(said(findings), says);
      assert.equal(
        findings.some(({ isAccountUnusable }) => isAccountUnusable),
        isUnusable,
      );
    });

  it('says that Immich is away in its own words', async () => {
    const away = immich({ serverVersion: () => Promise.reject(new ImmichError('away', 'Immich is away (http://x refuses connections).')) });
    const transport: ImmichTransport = { send: () => Promise.reject(new Error('unused')), close: async () => undefined };
    const findings = await checkServer({ url: 'http://x', immich: away, transport, clock: systemClock }, never);
    assert.deepEqual(
      findings.map(({ sentence, isAccountUnusable }) => [sentence, isAccountUnusable]),
      [['Immich is away (http://x refuses connections).', true]],
    );
  });

  it('compares the clocks', async () => {
    const clock = { ...systemClock, now: () => Date.parse('2026-11-22T12:00:00Z') };
    const here = immich({
      serverVersion: async () => ({ version: '9.0.0', dialect: '3', isKnown: false }),
      serverConfig: async () => ({ isInMaintenance: false }),
    });
    const body = (async function* (): AsyncGenerator<Uint8Array> {})();
    const transport: ImmichTransport = {
      send: async () => ({ status: 200, headers: { date: 'Sun, 22 Nov 2026 15:00:00 GMT' }, body }),
      close: async () => undefined,
    };
    const findings = said(await checkServer({ url: 'http://x', immich: here, transport, clock }, never));
    assert.match(findings, /warning: Version 9.0.0 is not one/);
    assert.match(findings, /warning: Its clock and the one of this machine are 3 hours apart/);
  });

  it('tells of a journal that cannot be read', async () => {
    const machine = { stateDir: folder, disk: realDisk, watchLimits: undefined, timeZone: 'UTC', isZoneChosen: true, isInContainer: false };
    const findings = said(await checkMachine({ ...machine, journalProblem: 'The journal cannot be opened.' }));
    assert.match(findings, /problem: The journal cannot be opened\./);
  });

  it('warns of UTC in a container, of few watches, of open secrets', async () => {
    const machine = { stateDir: folder, disk: realDisk, watchLimits: { watches: 8_192, instances: 128, queuedEvents: 16_384 } };
    const findings = said(await checkMachine({ ...machine, timeZone: 'UTC', isZoneChosen: false, isInContainer: true }));
    assert.match(findings, /warning: The time zone is UTC, as containers are/);
    assert.match(findings, /warning: Only 8,192 folders/);
    assert.match(
      said(await checkMachine({ ...machine, timeZone: 'UTC', isZoneChosen: true, isInContainer: true })),
      /ok: The time zone is UTC/,
    );
    assert.match(said(checkSecrets([{ path: '/s.yaml', mode: 0o644 }])), /warning: \/s.yaml holds keys and can be read by everybody/);
    assert.match(said(checkSecrets([{ path: '/s.yaml', mode: 0o600 }])), /^ok/);
    assert.equal(checkSecrets([{ path: '/s.yaml', mode: undefined }]).length, 0);
  });
});

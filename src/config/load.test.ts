import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { inspect } from 'node:util';
import { judge } from '../domain/index.ts';
import type { Config } from './config.ts';
import { rulesFingerprint } from './fingerprint.ts';
import { loadConfig } from './load.ts';
import { problemText } from './problem.ts';
import { onDisk } from './surroundings.ts';

const ownersOwn = `# homeroll.yaml
immich:
  url: http://immich.local:2283/api/
  accounts:
    anna: { key: !secret anna_immich_key }      # secrets.yaml beside it
    family: { key: !env IMMICH_FAMILY_KEY }
    ben: { key_file: ben.key }
  ca_file: ca.pem

time zone: Europe/Berlin
language: en
state: journal
tags: [all]

sources:
  - name: Anna's phone
    folder: phones/anna
    account: anna
    when: new media
    only: [photos, videos]
    skip: ["**/.trash/**", "*.gif", { smaller than: 20 kB }, { taken before: 2001-01-01 }]
    albums: ["{year}/{month-name}"]
    tags: ["from/{source}"]
    proof: sample 5%
  - name: Scanner
    folder: /mnt/nas/scans
    account: family
    when: { schedule: "30 2 * * *", time zone: Europe/Lisbon }
    only: [photos]
    extensions: [.JPG, tiff]
    include: ["20*/**"]
    skip:
      - larger than: 4 GB
      - file before: 2024-07-14
      - file after: 2024-12-31
      - camera: GoPro*
    albums: ["Scans {year}", { name: Old, adopt: true }]
    settle: 1 minute
    sweep every: 10 minutes
    identity: network
    proof: { sample: 10% }

events:
  - { name: Italy, from: 2024-07-14, to: 2024-07-20 }
  - { name: Party, from: 2024-07-14 }

tell: [log, { webhook: !secret ntfy }]
`;

describe("an owner's file", () => {
  let home: string;
  let config: Config;
  const load = (text: string) =>
    writeFile(join(home, 'homeroll.yaml'), text).then(() =>
      loadConfig(join(home, 'homeroll.yaml'), onDisk({ IMMICH_FAMILY_KEY: 'family-key' })),
    );
  const mustLoad = async (text: string): Promise<Config> => {
    const loaded = await load(text);
    assert.ok(loaded.kind === 'ok', loaded.kind === 'refused' ? loaded.problems.map(problemText).join('\n') : '');
    return loaded.config;
  };

  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'homeroll-config-'));
    await writeFile(join(home, 'secrets.yaml'), 'anna_immich_key: anna-key\nntfy: https://ntfy.example/hidden-topic\n');
    await writeFile(join(home, 'ben.key'), 'ben-key\n');
    await writeFile(join(home, 'ca.pem'), '-----BEGIN CERTIFICATE-----\n');
    config = await mustLoad(ownersOwn);
  });
  after(() => rm(home, { recursive: true }));

  it('tells the server, without the path of its API', () => assert.equal(config.immich.url.href, 'http://immich.local:2283/'));
  it('tells the keys, from all three places', () =>
    assert.deepEqual(
      config.immich.accounts.map(({ name, key }) => [name, key.reveal()]),
      [
        ['anna', 'anna-key'],
        ['family', 'family-key'],
        ['ben', 'ben-key'],
      ],
    ));
  it('never shows a secret', () => {
    for (const shown of [inspect(config, { depth: 9, showHidden: true }), JSON.stringify(config)]) {
      assert.doesNotMatch(shown, /anna-key|family-key|ben-key|hidden-topic/);
    }
  });
  it('finds its neighbours', () => {
    assert.equal(config.immich.caFile, join(home, 'ca.pem'));
    assert.equal(config.stateDir, join(home, 'journal'));
    assert.deepEqual(
      config.sources.map(({ folder }) => folder),
      [join(home, 'phones/anna'), '/mnt/nas/scans'],
    );
  });
  it('tells when to work, and how', () => {
    const told = config.sources.map(({ name, account, when, proof, settleMs, sweepEveryMs, identity }) => ({
      ...{ name, account, when, proof, settleMs, sweepEveryMs, identity },
    }));
    assert.deepEqual(told, [
      {
        name: "Anna's phone",
        account: 'anna',
        when: { kind: 'new media' },
        proof: { kind: 'sample', share: 0.05 },
        settleMs: 10_000,
        sweepEveryMs: undefined,
        identity: 'auto',
      },
      {
        name: 'Scanner',
        account: 'family',
        when: { kind: 'schedule', cron: '30 2 * * *', timeZone: 'Europe/Lisbon' },
        proof: { kind: 'sample', share: 0.1 },
        settleMs: 60_000,
        sweepEveryMs: 600_000,
        identity: 'network',
      },
    ]);
  });
  it('tells the rules in order, each with its line', () =>
    assert.deepEqual(
      config.sources.map(({ rules }) => rules.map(({ kind, where }) => `${kind} ${where}`)),
      [
        [
          'only homeroll.yaml:20',
          'skip homeroll.yaml:21',
          'skip homeroll.yaml:21',
          'smaller than homeroll.yaml:21',
          'taken before homeroll.yaml:21',
        ],
        [
          'only homeroll.yaml:29',
          'extensions homeroll.yaml:30',
          'include homeroll.yaml:31',
          'larger than homeroll.yaml:33',
          'file before homeroll.yaml:34',
          'file after homeroll.yaml:35',
          'camera homeroll.yaml:36',
        ],
      ],
    ));
  it('gives reasons in its own words', () =>
    assert.deepEqual(
      judge({ kind: 'photo', extension: 'jpg', path: 'a.jpg', sizeBytes: 5, modifiedAtMs: 0 }, config.sources[0]?.rules ?? []),
      { kind: 'unwanted', reason: 'not wanted: smaller than 20 kB (rule at homeroll.yaml:21)', rule: 'homeroll.yaml:21' },
    ));
  it('reads the dates of files by its own clock', () =>
    assert.deepEqual(
      config.sources[1]?.rules.flatMap((rule) => ('epochMs' in rule ? [new Date(rule.epochMs).toISOString()] : [])),
      ['2024-07-13T22:00:00.000Z', '2024-12-31T23:00:00.000Z'],
    ));
  it('tells albums and tags, those of the source before those of all', () => {
    assert.deepEqual(
      config.sources.map(({ albums }) => albums.map(({ template, isAdoptable }) => `${template.text}${isAdoptable ? ' (adopt)' : ''}`)),
      [['{year}/{month-name}'], ['Scans {year}', 'Old (adopt)']],
    );
    assert.deepEqual(
      config.sources.map(({ tags }) => tags.map(({ text }) => text)),
      [['from/{source}'], ['all']],
    );
  });
  it('tells events, of one day where no end is named', () =>
    assert.deepEqual(config.events, [
      { name: 'Italy', from: '2024-07-14', to: '2024-07-20' },
      { name: 'Party', from: '2024-07-14', to: '2024-07-14' },
    ]));
  it('tells whom to tell', () =>
    assert.deepEqual(
      config.tell.map((teller) => (teller.kind === 'webhook' ? `${teller.host} ${teller.url.reveal()}` : teller.kind)),
      ['log', 'ntfy.example https://ntfy.example/hidden-topic'],
    ));

  it('may be short: one account, one folder', async () => {
    const short = await load(
      'immich: { url: https://me:hidden@i.example/photos/, accounts: { me: { key: k } } }\nsources: [{ name: A, folder: a }]\n',
    );
    assert.ok(short.kind === 'ok');
    assert.deepEqual(short.config.sources[0]?.account, 'me');
    assert.deepEqual(short.config.tell, [{ kind: 'log' }]);
    assert.deepEqual(short.config.verify, { everyMs: 90 * 86_400_000, quietHours: { from: '01:00', to: '06:00' } });
    assert.equal(short.config.immich.url.href, 'https://i.example/photos');
    assert.deepEqual(short.notes.map(problemText), [
      'homeroll.yaml:1: The key of "me" stands in this file for all to read: better put it in secrets.yaml and write key: !secret me_immich_key',
      'homeroll.yaml:1: The password in the address of Immich stands in this file for all to read: better put it in secrets.yaml and write url: !secret immich_url',
    ]);
  });

  for (const { line, everyMs } of [
    { line: 'verify every: never', everyMs: undefined },
    { line: 'verify every: 30 days', everyMs: 30 * 86_400_000 },
  ]) {
    it(`says by "${line}" how soon all is looked at again`, async () => {
      const { verify } = await mustLoad(
        `immich: { url: http://i, accounts: { me: { key: k } } }\nsources: [{ name: A, folder: a }]\n${line}\n`,
      );
      assert.equal(verify?.everyMs, everyMs);
    });
  }

  describe('has a fingerprint of its rules', () => {
    const fingerprint = async (skip: string, lead = ''): Promise<string> => {
      const text = `${lead}immich: { url: "http://i", accounts: { me: { key: k } } }\nsources: [{ name: A, folder: a, skip: ${skip} }]\n`;
      return (await mustLoad(text)).sources.map(rulesFingerprint).join();
    };
    it('that stays when lines move', async () =>
      assert.equal(await fingerprint('["*.gif"]'), await fingerprint('["*.gif"]', '# a comment\n')));
    for (const skip of ['["*.png"]', '[]', '["*.gif", { smaller than: 20 kB }]', '[{ camera: "*.gif" }]']) {
      it(`that ${skip} changes`, async () => assert.notEqual(await fingerprint('["*.gif"]'), await fingerprint(skip)));
    }
  });

  describe('is refused', () => {
    const head = 'immich: { url: http://immich.local:2283, accounts: { me: { key: !secret anna_immich_key } } }\n';
    const refusals = async (text: string): Promise<readonly string[]> => {
      const loaded = await load(text);
      return loaded.kind === 'refused' ? loaded.problems.map((problem) => problemText(problem).replaceAll(home, '/home')) : [];
    };

    it('when it is not there', async () => {
      const loaded = await loadConfig('/nowhere/homeroll.yaml', onDisk({}));
      assert.deepEqual(loaded, {
        kind: 'refused',
        problems: [{ file: 'homeroll.yaml', line: 1, sentence: '/nowhere/homeroll.yaml does not exist.' }],
      });
    });

    it('when a folder lies in another, through a link too, or is named twice', async () => {
      await mkdir(join(home, 'pictures/in'), { recursive: true });
      await symlink(join(home, 'pictures/in'), join(home, 'link'));
      const text = `${head}sources:\n  - { name: A, folder: pictures }\n  - { name: B, folder: link }\n  - { name: C, folder: pictures/ }\n`;
      assert.deepEqual(await refusals(text), [
        'homeroll.yaml:4: /home/pictures/in lies within that of line 3: no picture may belong to two sources.',
        'homeroll.yaml:5: /home/pictures is the same folder as that of line 3: no picture may belong to two sources.',
        'homeroll.yaml:5: /home/pictures holds that of line 4: no picture may belong to two sources.',
      ]);
    });
    it('not when a folder only begins like another', async () =>
      assert.deepEqual(await refusals(`${head}sources: [{ name: A, folder: x }, { name: B, folder: x2 }]\n`), []));

    for (const folder of ['storage', 'storage/library', 'storage/library/admin']) {
      it(`when ${folder} is Immich's own`, async () => {
        await mkdir(join(home, 'storage/library/admin'), { recursive: true });
        await writeFile(join(home, 'storage/library/.immich'), '');
        assert.deepEqual(await refusals(`${head}sources: [{ name: A, folder: ${folder} }]\n`), [
          `homeroll.yaml:2: /home/${folder} is where Immich itself keeps its files: name the folder your pictures come from.`,
        ]);
      });
    }

    it('when secrets are not where they are looked for', async () => {
      const accounts = [
        'a: { key: !secret ana_immich_key }',
        'b: { key: !env NOPE }',
        'c: { key_file: nope }',
        'd: { key_file: empty }',
        'e: { key_file: . }',
      ];
      await writeFile(join(home, 'empty'), '\n');
      const text = `immich:\n  url: http://i\n  accounts:\n    ${accounts.join('\n    ')}\nsources: [{ name: A, folder: a, account: a }]\n`;
      assert.deepEqual(await refusals(text), [
        'homeroll.yaml:4: "ana_immich_key" is not in secrets.yaml. Did you mean "anna_immich_key"?',
        'homeroll.yaml:5: The environment variable NOPE is not set, and "!env NOPE" asks for it.',
        'homeroll.yaml:6: The key file /home/nope does not exist.',
        'homeroll.yaml:7: The key file /home/empty is empty.',
        'homeroll.yaml:8: The key file /home is a directory.',
      ]);
    });
    it('when there is no secrets.yaml', async () => {
      const surroundings = {
        ...onDisk({}),
        readText: (path: string) =>
          path.endsWith('secrets.yaml') ? onDisk({}).readText(`${home}/no`) : Promise.resolve(`${head}sources: [{ name: A, folder: a }]`),
      };
      const loaded = await loadConfig('/x/homeroll.yaml', surroundings);
      assert.deepEqual(loaded.kind === 'refused' && loaded.problems.map(problemText), [
        'homeroll.yaml:1: "!secret anna_immich_key" is looked up in secrets.yaml beside this file, which does not exist.',
      ]);
    });
  });
});

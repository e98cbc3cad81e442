import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../test/kit/household.ts';
import type { UserId } from '../domain/index.ts';

const uploadsOf = (home: TestHousehold): number => home.asked.filter((question) => question === 'POST /api/assets').length;

async function createKey(home: TestHousehold, permissions: readonly string[]): Promise<string> {
  return ((await home.byHand('POST', '/api-keys', { name: 'less', permissions })) as { secret: string }).secret;
}

/** Orders are looked for once in a while: when a new one is answered, whoever was awake before has done what it would. */
async function othersHadTheirTurn(home: TestHousehold): Promise<void> {
  const id = home.journal.orders.give('resume', undefined, home.clock.now());
  await home.until(() => home.journal.orders.answer(id) !== undefined);
}

describe('an Immich that is away', () => {
  it('at start is one warning, no try of any file, and no end of the run', async () => {
    await using home = await TestHousehold.open();
    for (let number = 0; number < 30; number += 1) await home.write(`IMG_${number}.jpg`);
    await home.goAway();
    await home.once();
    assert.equal(home.warnings.length, 1, 'one server, one line, however many accounts');
    assert.match(home.warnings[0] ?? '', /away/);
    assert.deepEqual(new Set(Object.values(home.states())), new Set(['hashed']), 'everything local is done meanwhile');
    assert.ok(Object.keys(home.states()).every((name) => home.file(name)?.tries === 0));
    await home.comeBack();
    await home.once();
    assert.equal(home.numbers().safe, 30);
    assert.equal(uploadsOf(home), 30);
  });

  it('in the middle of the work is one warning; the rest goes by itself when it is back', async () => {
    await using home = await TestHousehold.open();
    for (let number = 0; number < 12; number += 1) await home.write(`IMG_${number}.jpg`);
    let uploads = 0;
    home.onAsk = async (question) => {
      if (question !== 'POST /api/assets' || ++uploads !== 4) return;
      await home.goAway();
    };
    const run = home.once({ patienceMs: 3_600_000 });
    await home.until(() => home.warnings.length > 0);
    await home.comeBack();
    await run;
    assert.deepEqual(home.warnings.length, 1);
    assert.equal(home.numbers().safe, 12);
    assert.equal((await home.assets()).length, 12);
  });

  for (const status of [502, 503, 504]) {
    it(`counts no try while all that answers is a proxy, with ${status}`, async () => {
      await using home = await TestHousehold.open();
      await home.write('IMG_1.jpg');
      let isFirst = true;
      home.onAsk = async (question) => {
        if (question !== 'POST /api/assets' || !isFirst) return;
        isFirst = false;
        await home.comeBack([{ endpoint: '*', fault: { kind: 'status', status, body: 'html' } }]);
      };
      await home.once();
      assert.deepEqual([home.file('IMG_1.jpg')?.tries, home.state('IMG_1.jpg'), home.warnings.length], [0, 'missing', 1]);
      await home.comeBack();
      await home.once();
      assert.equal(home.state('IMG_1.jpg'), 'safe');
    });
  }

  it('and comes back is asked for a ping first, then one thing at a time until the first came through', async () => {
    await using home = await TestHousehold.open();
    for (let number = 0; number < 12; number += 1) await home.write(`IMG_${number}.jpg`, Buffer.alloc(1_000_000, number));
    let uploads = 0;
    home.onAsk = async (question) => {
      if (question === 'POST /api/assets' && ++uploads === 5) await home.goAway();
    };
    const run = home.once({ patienceMs: 3_600_000 });
    await home.until(() => home.warnings.length > 0);
    home.asked.length = 0;
    const works = (): readonly string[] => home.asked.filter((question) => !/\/server\/|users/.test(question));
    let besideTheFirst: readonly string[] | undefined;
    home.onAsk = async () => {
      if (works().length !== 1 || besideTheFirst) return;
      besideTheFirst = [];
      await othersHadTheirTurn(home);
      besideTheFirst = works().slice(1);
    };
    await home.comeBack();
    await run;
    assert.deepEqual(home.asked.filter((question) => !/\/ping$/.test(question)).slice(0, 2), [
      'GET /api/server/version',
      'GET /api/users/me',
    ]);
    assert.deepEqual(besideTheFirst, []);
    assert.equal(home.infos.filter((line) => line === 'Immich is back').length, 1);
    assert.deepEqual([home.numbers().safe, (await home.assets()).length], [12, 12]);
  });
});

describe('a film that is too much for the way', () => {
  it('fails alone: Immich is asked whether it is there, and is not called away', async () => {
    const faults = [{ endpoint: 'POST /assets', nth: 1, fault: { kind: 'status', status: 504, body: 'html' } as const }];
    await using home = await TestHousehold.open({ faults });
    await home.write('IMG_1.jpg');
    await home.write('IMG_2.jpg');
    await home.once();
    assert.deepEqual(Object.values(home.states()).toSorted(), ['missing', 'safe']);
    assert.deepEqual(home.warnings, []);
  });
});

describe('an Immich that asks for time', () => {
  for (const { asked, leastMs, mostMs } of [
    { asked: 1_800, leastMs: 1_700_000, mostMs: 1_800_000 },
    { asked: 864_000, leastMs: 3_500_000, mostMs: 3_600_000 },
  ]) {
    it(`(${asked} s) gets it for the whole account, but never more than an hour`, async () => {
      const fault = { kind: 'status', status: 429, retryAfterS: asked } as const;
      await using home = await TestHousehold.open({ faults: [{ endpoint: 'POST /assets', nth: 1, fault }] });
      for (let number = 0; number < 5; number += 1) await home.write(`IMG_${number}.jpg`);
      const run = home.once({ patienceMs: 7_200_000 });
      await home.until(() => home.warnings.length > 0);
      const before = home.asked.length;
      home.clock.leap(leastMs);
      await othersHadTheirTurn(home);
      // What was under way may still be asked; nobody knocks, and so nobody goes on.
      const since = home.asked.slice(before);
      assert.ok(since.length <= 3 && since.every((question) => question.startsWith('POST /api/assets')), since.join());
      assert.ok(Object.keys(home.states()).every((name) => home.file(name)?.tries === 0));
      home.clock.leap(mostMs - leastMs);
      await run;
      assert.equal(home.numbers().safe, 5);
      assert.equal(home.warnings.length, 1);
      assert.match(home.warnings[0] ?? '', /busy/);
      assert.deepEqual(
        home.infos.filter((line) => line === 'Immich is back'),
        ['Immich is back'],
      );
    });
  }
});

describe('an Immich that is there and in trouble', () => {
  for (const fault of [{ kind: 'status', status: 500 }, { kind: 'html' }] as const) {
    it(`(${JSON.stringify(fault)}) is not asked once for each of 60 files`, async () => {
      await using home = await TestHousehold.open();
      for (let number = 0; number < 60; number += 1) await home.write(`IMG_${number}.jpg`);
      await home.goAway();
      await home.once();
      await home.comeBack([{ endpoint: 'POST /assets/bulk-upload-check', fault }]);
      await home.once();
      assert.ok(home.timesAsked('POST /api/assets/bulk-upload-check') < 45, `${home.timesAsked('POST /api/assets/bulk-upload-check')}`);
      assert.ok(Object.keys(home.states()).every((name) => home.state(name) === 'hashed'));
      await home.comeBack();
      home.clock.leap(3_600_000);
      await home.once();
      assert.equal(home.numbers().safe, 60);
    });
  }

  it('from the first moment on ends nothing: the folder is looked at, and all goes when it is well', async () => {
    await using home = await TestHousehold.open({ faults: [{ endpoint: '*', fault: { kind: 'html' } }] });
    await home.write('IMG_1.jpg');
    await home.once();
    assert.equal(home.state('IMG_1.jpg'), 'hashed');
    await home.comeBack();
    await home.once();
    assert.equal(home.state('IMG_1.jpg'), 'safe');
  });
});

describe('a key', () => {
  it('that Immich refuses stops its own account only, with one warning', async () => {
    await using home = await TestHousehold.open({ sources: [{}, { name: 'Card', account: 'ben' }] });
    await home.write('a.jpg', 'a');
    await home.write('b.jpg', 'b', 'Card');
    const key = home.config.immich.accounts[0]?.key.reveal() ?? '';
    home.useKey('anna', 'nobodys-key');
    await home.once();
    assert.equal(home.warnings.length, 1);
    assert.match(home.warnings[0] ?? '', /does not accept the key/);
    assert.equal(home.state('a.jpg'), 'hashed');
    assert.equal(home.state('b.jpg', 'Card'), 'safe');
    home.useKey('anna', key);
    await home.once();
    assert.equal(home.state('a.jpg'), 'safe');
  });

  it('without a permission leaves the file waiting, with the cure, and it goes by itself once the key may', async () => {
    await using home = await TestHousehold.open();
    await home.write('a.jpg');
    const full = home.config.immich.accounts[0]?.key.reveal() ?? '';
    const less = await createKey(home, ['user.read', 'asset.upload', 'asset.read']);
    home.useKey('anna', less);
    await home.once();
    assert.equal(home.state('a.jpg'), 'stored');
    assert.match(home.file('a.jpg')?.reason ?? '', /"asset.download"/);
    assert.equal(home.file('a.jpg')?.tries, 0);
    assert.equal(home.news().filter(({ kind }) => kind === 'account hindered').length, 1);
    home.useKey('anna', full);
    home.clock.leap(3_600_000);
    await home.once();
    assert.equal(home.state('a.jpg'), 'safe');
  });

  it('of another user voids what was proven for the one before, and says so loudly once', async () => {
    await using home = await TestHousehold.open();
    await home.write('a.jpg');
    await home.write('a.xmp', '<x:xmpmeta/>');
    await home.once();
    const ben = home.config.immich.accounts[1]?.key.reveal() ?? '';
    home.useKey('anna', ben);
    await home.once();
    await home.once();
    assert.equal(home.state('a.jpg'), 'safe');
    assert.equal(home.state('a.xmp'), 'sent');
    assert.equal((await home.assets('ben')).length, 1);
    assert.equal(home.news().filter(({ kind }) => kind === 'account changed').length, 1);
    assert.ok(home.history('a.jpg').includes('hashed'));
    assert.equal(home.counts.opens, 6, 'two looks for the rules, one hash, two uploads of two files; no second hash');
  });
});

describe('an account that turns out to be another user while it is asked', () => {
  it('gets no proof of what was said meanwhile', async () => {
    await using home = await TestHousehold.open();
    await home.write('a.jpg');
    const run = await home.run();
    const holder = run.household.sources[0]?.account as { id: number; userId: UserId } | undefined;
    assert.ok(holder);
    const before = holder.id;
    const other = home.journal.sources.ensureAccount('anna', '00000000-0000-4000-8000-000000000001' as UserId, home.clock.now()).id;
    let isAnswered = false;
    home.onAsk = (question) => {
      if (!question.endsWith('/original') || isAnswered) return;
      isAnswered = true;
      holder.id = other;
    };
    home.journal.orders.give('sweep', undefined, home.clock.now());
    await home.until(() => isAnswered && home.timesAsked('GET /api/assets/') > 1);
    const sha1 = home.file('a.jpg')?.sha1;
    assert.ok(sha1);
    await run.stop();
    assert.equal(home.journal.contents.find(before, sha1)?.provenAtMs, undefined);
  });
});

describe('a source', () => {
  it('whose account is changed in the configuration goes to the new one, all of it', async () => {
    await using home = await TestHousehold.open();
    await home.write('a.jpg');
    await home.once();
    home.reconfigure({ account: 'ben' });
    await home.once();
    assert.equal(home.state('a.jpg'), 'safe');
    assert.deepEqual(
      (await home.assets('ben')).map(({ originalFileName }) => originalFileName),
      ['a.jpg'],
    );
  });

  it('has its own account: the same bytes from two sources are stored and proven for each', async () => {
    await using home = await TestHousehold.open({ sources: [{}, { name: 'Card', account: 'ben' }] });
    await home.write('a.jpg', 'the same');
    await home.write('b.jpg', 'the same', 'Card');
    await home.once();
    assert.equal(home.numbers().safe, 2);
    assert.equal((await home.assets('anna')).length, 1);
    assert.equal((await home.assets('ben')).length, 1);
    assert.equal(home.asked.filter((question) => question.endsWith('/original')).length, 2);
  });
});

describe('a full quota', () => {
  it('leaves files waiting with the cure, and they go once there is room', async () => {
    await using home = await TestHousehold.open();
    const [anna] = (await home.byHand('GET', '/users')) as { id: string }[];
    await home.byHand('PUT', `/admin/users/${anna?.id}`, { quotaSizeInBytes: 10 });
    await home.write('a.jpg', 'more than ten bytes');
    await home.once();
    assert.equal(home.state('a.jpg'), 'missing');
    assert.match(home.file('a.jpg')?.reason ?? '', /quota/);
    await home.byHand('PUT', `/admin/users/${anna?.id}`, { quotaSizeInBytes: null });
    home.clock.leap(3_600_000);
    await home.once();
    assert.equal(home.state('a.jpg'), 'safe');
  });
});

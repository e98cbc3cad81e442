import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { stillOf } from '../../../test/kit/halves.ts';
import { hideStrangers } from '../../../test/kit/hidden-strangers.ts';
import { TestHousehold } from '../../../test/kit/household.ts';
import { withLivePhoto } from '../../../test/kit/live-photos.ts';
import { status, whyFile } from '../../desk/index.ts';
import { parseTemplate } from '../../domain/index.ts';
import { DiskError } from '../../files/index.ts';

const filed = { albums: [{ template: parseTemplate('{year}/{month}'), isAdoptable: false }], tags: [parseTemplate('from/{source}')] };

/** One photo that shows a stranger, in a household that files its pictures by now. */
async function withHidden(...names: readonly string[]): Promise<TestHousehold> {
  const home = await TestHousehold.open();
  await hideStrangers(home, names.length > 0 ? names : ['IMG_1']);
  home.reconfigure(filed);
  return home;
}

const many = Array.from({ length: 21 }, (_, index) => `IMG_${10 + index}`);

async function stateOf(home: TestHousehold, name: string): Promise<string> {
  const [still, film] = [await home.asset(`${name}.JPG`), await home.asset(`${name}.MOV`)];
  const albums = await Promise.all((await home.albums()).map(({ id }) => home.members(id)));
  const isFiled = albums.flat().includes(`${name}.MOV`) ? ', filed' : '';
  return `${film.visibility}${still.livePhotoVideoId === film.id ? ', behind its photo' : ''}${isFiled}`;
}

const told = (home: TestHousehold, wanted: string): readonly string[] =>
  home.news().flatMap(({ kind, text }) => (kind === wanted ? [text] : []));
const why = (home: TestHousehold, name: string): string => whyFile(home.path(name), home.journal, home.clock.now())?.now.join(' ') ?? '';
const asked = (home: TestHousehold): string | undefined =>
  status(home.journal, { sources: home.config.sources.map(({ name }) => name), immich: { reachable: true, version: '3.1.0' }, nowMs: 0 })
    .sources[0]?.strangers;
const puts = (home: TestHousehold): number => home.asked.filter((question) => question.startsWith('PUT /api/assets/')).length;
const left = (home: TestHousehold): readonly (string | undefined)[] =>
  home.journal.sources.all().flatMap(({ id }) => home.journal.strangers.page(id, 'left').map(({ reason }) => reason));

describe('a film that an earlier version hid behind a stranger’s photo', () => {
  it('is shown again by one order, filed, counted by itself, and told once', async () => {
    await using home = await withHidden();
    assert.equal(home.numbers().safe, 1);
    assert.equal(await stateOf(home, 'IMG_1'), 'hidden, behind its photo');
    await home.once();
    assert.equal(await stateOf(home, 'IMG_1'), 'timeline, filed');
    assert.equal(home.numbers().safe, 2);
    assert.equal(puts(home), 1);
    assert.equal(told(home, 'shown again').length, 1);
    assert.match(told(home, 'shown again')[0] ?? '', /^1 video from Phone was hidden in Immich.* shown again.*"IMG_1\.MOV"\.$/);
  });

  it('is not looked for a second time: no file is opened, and nobody asked', async () => {
    await using home = await withHidden();
    await home.once();
    const [opens, asked] = [home.counts.opens, home.timesAsked('GET /api/assets/')];
    await home.once();
    assert.deepEqual([home.counts.opens, home.timesAsked('GET /api/assets/')], [opens, asked]);
    assert.equal(told(home, 'shown again').length, 1);
  });

  it('is shown again by a Homeroll that runs for weeks, too', async () => {
    await using home = await withHidden();
    const running = await home.run();
    await home.until(() => home.file('IMG_1.MOV')?.role === 'main' && home.state('IMG_1.MOV') === 'safe');
    await running.stop();
    assert.equal(await stateOf(home, 'IMG_1'), 'timeline, filed');
  });

  for (const point of [
    'stranger noted',
    'strangers decided',
    'before PUT /assets/:id',
    'after PUT /assets/:id',
    'before PUT /albums/:id/assets',
    'after PUT /albums/:id/assets',
    'after organise',
    'before commit',
    'after commit',
  ]) {
    it(`is shown again once, whenever Homeroll is killed: ${point}`, async () => {
      await using home = await withHidden();
      await home.onceUntilCrash(point);
      await home.once();
      await home.once();
      assert.equal(await stateOf(home, 'IMG_1'), 'timeline, filed');
      // What was about to be asked when it died never reached Immich.
      assert.equal(puts(home), point === 'before PUT /assets/:id' ? 2 : 1);
      assert.equal(told(home, 'shown again').length, 1);
    });
  }

  it('stays with its photo where the owner parted and joined them otherwise since', async () => {
    await using home = await withHidden('IMG_1', 'IMG_2', 'IMG_3');
    const idOf = async (name: string): Promise<string> => (await home.asset(name)).id;
    await home.byHand('PUT', `/assets/${await idOf('IMG_1.JPG')}`, { livePhotoVideoId: null });
    await home.byHand('PUT', `/assets/${await idOf('IMG_2.JPG')}`, { livePhotoVideoId: await idOf('IMG_1.MOV') });
    await home.byHand('PUT', '/assets', { ids: [await idOf('IMG_3.MOV')], visibility: 'archive' });
    await home.once();
    assert.equal(puts(home), 0);
    assert.equal((await home.asset('IMG_2.JPG')).livePhotoVideoId, await idOf('IMG_1.MOV'));
    assert.deepEqual([told(home, 'shown again'), left(home)], [[], []]);
  });

  it('is left, and listed, where Immich had it before us: somebody else may have joined the two', async () => {
    await using home = await withHidden();
    const film = home.file('IMG_1.MOV');
    assert.ok(film);
    await home.upload('IMG_1.MOV', 'other bytes');
    // As a journal that met it there: it never went up from here.
    const before = home.journal.history.of(film.id);
    assert.ok(before.some(({ from }) => from === 'missing'));
    home.journal.history.of = (id) => before.filter(({ from }) => id !== film.id || from !== 'missing');
    await home.once();
    assert.equal(puts(home), 0);
    assert.match(left(home).join(), /somebody else/);
  });

  for (const { name, happens, reason } of [
    { name: 'its file is gone', happens: (home: TestHousehold) => home.remove('IMG_1.MOV'), reason: /its own file is on disk no longer/ },
    {
      name: 'its photo is gone',
      happens: (home: TestHousehold) => home.remove('IMG_1.JPG'),
      reason: /file of its photo is on disk no longer/,
    },
    {
      name: 'it cannot be read',
      happens: async (home: TestHousehold) => {
        home.onLook = (question, path) => {
          if (question === 'open' && path.endsWith('IMG_1.MOV')) throw new DiskError('forbidden', Buffer.from(path));
        };
      },
      reason: /IMG_1\.MOV/,
    },
  ]) {
    it(`is left, and listed, where ${name}`, async () => {
      await using home = await withHidden();
      await happens(home);
      await home.once();
      assert.equal(puts(home), 0);
      assert.deepEqual(told(home, 'shown again'), []);
      assert.match(left(home).join(), reason);
    });
  }

  it('waits for a folder that is away', async () => {
    await using home = await withHidden();
    await rename(home.folder(), `${home.folder()} away`);
    await home.once();
    assert.deepEqual([puts(home), left(home)], [0, []]);
    await rename(`${home.folder()} away`, home.folder());
    await home.once();
    assert.equal(await stateOf(home, 'IMG_1'), 'timeline, filed');
  });

  it('is asked about first where there are more than twenty, with samples', async () => {
    await using home = await withHidden(...many);
    for (let times = 0; times < 2; times += 1) await home.once();
    assert.equal(puts(home), 0);
    assert.equal(told(home, 'strangers found').length, 1);
    assert.match(why(home, 'IMG_10.MOV'), /hidden in Immich behind a photo .*homeroll live-photos show/);
    assert.match(asked(home) ?? '', /^21 videos .*live-photos leave --source "Phone"/);
    assert.match(told(home, 'strangers found')[0] ?? '', /^21 videos from Phone .*"IMG_.*live-photos show --source "Phone"/);
    assert.equal(await home.order('strangers', JSON.stringify({ answer: 'show', source: 'Phone' })), 'Shows 21 videos in Immich again.');
    for (const name of many) assert.equal(await stateOf(home, name), 'timeline, filed');
    assert.equal(puts(home), 21);
  });

  it('is left where its owner says so', async () => {
    await using home = await withHidden(...many);
    await home.once();
    assert.equal(await home.order('strangers', JSON.stringify({ answer: 'leave' })), 'Leaves 21 videos as they are.');
    await home.once();
    assert.equal(puts(home), 0);
    assert.equal(left(home).length, 21);
    assert.match(why(home, 'IMG_10.MOV'), /was found hidden .*left so: its owner said: leave it\.$/);
    assert.equal(asked(home), undefined);
  });

  it('goes to its own photo, where another of that name was taken for it', async () => {
    await using home = await TestHousehold.open();
    await home.write('IMG_1.HEIC', stillOf('its own', { isMarked: false, at: '2024-08-02T19:30:01' }));
    await hideStrangers(home, ['IMG_1']);
    await home.byHand('PUT', `/assets/${(await home.asset('IMG_1.HEIC')).id}`, { livePhotoVideoId: null });
    await home.byHand('PUT', `/assets/${(await home.asset('IMG_1.JPG')).id}`, { livePhotoVideoId: (await home.asset('IMG_1.MOV')).id });
    await home.once();
    const film = await home.asset('IMG_1.MOV');
    assert.equal((await home.asset('IMG_1.HEIC')).livePhotoVideoId, film.id);
    assert.equal((await home.asset('IMG_1.JPG')).livePhotoVideoId, null);
    assert.deepEqual([film.visibility, told(home, 'shown again')], ['hidden', []]);
  });
});

describe('a live photo that is one', () => {
  it('costs nothing: no file is opened, nothing asked', async () => {
    await using home = await withLivePhoto();
    for (const { id } of home.journal.sources.all()) home.journal.facts.forget(`strangers looked for: ${id}`);
    const [opens, asked] = [home.counts.opens, home.asked.filter((question) => question.includes('/assets/')).length];
    await home.once();
    assert.deepEqual([home.counts.opens, home.asked.filter((question) => question.includes('/assets/')).length], [opens, asked]);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';

const quarterMs = 900_000;
const texts = (home: TestHousehold): string[] => home.news().map(({ text }) => text);

async function swept(home: TestHousehold): Promise<void> {
  await home.until(() => home.journal.sources.all()[0]?.backlogAtMs !== undefined);
}

async function arrives(home: TestHousehold, name: string): Promise<void> {
  await home.write(name);
  home.hint(name);
  await home.until(() => home.state(name) === 'safe');
}

describe('the household', () => {
  it('is told of a backlog once it is done', async () => {
    await using home = await TestHousehold.open();
    await home.write('a.jpg');
    await home.write('b.mp4');
    await home.once();
    assert.deepEqual(texts(home), ['All 1 photo and 1 video from Phone are safe.']);
  });

  it('hears of a batch ten minutes after its last file, in one sentence', async () => {
    await using home = await TestHousehold.open({ sources: [{ when: { kind: 'new media' } }] });
    const running = await home.run();
    await swept(home);
    for (const name of ['a.jpg', 'b.jpg', 'c.mp4']) await arrives(home, name);
    assert.deepEqual(texts(home), []);
    home.clock.leap(quarterMs);
    await home.until(() => texts(home).length > 0);
    await arrives(home, 'd.jpg');
    home.clock.leap(quarterMs);
    await home.until(() => texts(home).length > 1);
    await running.stop();
    assert.deepEqual(texts(home), ['2 photos and 1 video from Phone are safe.', '1 photo from Phone is safe.']);
  });

  it('hears of a long backlog at its start, daily, and at its end', async () => {
    await using home = await TestHousehold.open({ sources: [{ when: { kind: 'new media' } }] });
    await home.comeBack([{ endpoint: 'POST /assets', from: 2, fault: { kind: 'status', status: 500 } }]);
    await home.write('a.jpg');
    await home.write('b.jpg');
    const running = await home.run();
    await home.until(() => home.numbers().safe === 1 && Object.keys(home.states()).some((name) => (home.file(name)?.tries ?? 0) > 0));
    home.clock.leap(quarterMs);
    await home.until(() => texts(home).length === 1);
    home.clock.leap(86_400_000);
    await home.until(() => texts(home).length === 2);
    await running.stop();
    await home.comeBack();
    home.clock.leap(3_600_000);
    await home.once();
    assert.deepEqual(texts(home), [
      'Found 2 photos in Phone. They are on their way.',
      '1 of 2 photos and videos from Phone are safe. The rest is on its way.',
      'All 2 photos from Phone are safe.',
    ]);
  });

  it('hears of a batch whose rest hangs after an hour, with both numbers', async () => {
    await using home = await TestHousehold.open({ sources: [{ when: { kind: 'new media' } }] });
    await home.once();
    await home.comeBack([{ endpoint: 'POST /assets', from: 2, fault: { kind: 'status', status: 500 } }]);
    const running = await home.run();
    await arrives(home, 'a.jpg');
    await home.write('b.jpg');
    home.hint('b.jpg');
    await home.until(() => (home.file('b.jpg')?.tries ?? 0) > 0);
    home.clock.leap(quarterMs);
    await home.until(() => home.journal.batches.untold()[0]?.closedAtMs !== undefined);
    assert.deepEqual(texts(home), []);
    home.clock.leap(3_600_000);
    await home.until(() => texts(home).length > 0);
    await running.stop();
    assert.deepEqual(texts(home), ['1 photo from Phone is safe, 1 waits.']);
  });

  it('hears of a picture that left before it was safe though nothing else happens', async () => {
    await using home = await TestHousehold.open({ sources: [{ when: { kind: 'new media' } }] });
    await home.once();
    await home.comeBack([{ endpoint: 'POST /assets', fault: { kind: 'status', status: 413 } }]);
    const running = await home.run();
    await home.write('a.jpg');
    home.hint('a.jpg');
    await home.until(() => home.state('a.jpg') === 'blocked');
    home.clock.leap(quarterMs);
    await home.until(() => texts(home).length === 1);
    await home.remove('a.jpg');
    home.hint('a.jpg');
    await home.until(() => home.state('a.jpg') === 'gone');
    home.clock.leap(quarterMs);
    await home.until(() => texts(home).length === 2);
    await running.stop();
    assert.equal(texts(home)[1], '1 photo left Phone folder before it was safe. It was "a.jpg".');
  });

  it('hears nothing of what is not wanted, nor of an empty folder', async () => {
    await using home = await TestHousehold.open();
    await home.once();
    await home.write('notes.txt');
    await home.write('empty.jpg', '');
    await home.once();
    assert.deepEqual(texts(home), []);
    assert.deepEqual(home.states(), { 'notes.txt': 'unwanted', 'empty.jpg': 'unwanted' });
  });

  it('hears nothing of a source that a run is not about, or that is no longer configured', async () => {
    await using home = await TestHousehold.open({ sources: [{}, { name: 'Card' }] });
    await home.write('a.jpg', 'a', 'Card');
    await home.onceUntilStopped('after check');
    await home.once({ only: ['Phone'] });
    assert.deepEqual(texts(home), []);
    home.reconfigure({});
    await home.once();
    assert.deepEqual(texts(home), []);
    home.reconfigure({}, { name: 'Card' });
    await home.once();
    assert.deepEqual(texts(home), ['1 photo from Card is safe.']);
  });

  it('is not told of a backlog that stands still that it is on its way', async () => {
    await using home = await TestHousehold.open({
      sources: [{ when: { kind: 'new media' } }, { name: 'Card', when: { kind: 'new media' } }],
    });
    await home.comeBack([{ endpoint: 'POST /assets', fault: { kind: 'status', status: 500 } }]);
    await home.write('a.jpg', 'a', 'Card');
    await home.write('b.jpg');
    home.journal.sources.ensure('Card', Buffer.from(home.folder('Card')));
    home.journal.orders.give('pause', 'Card', home.clock.now());
    const running = await home.run();
    const closed = (): boolean => home.journal.sources.all().every(({ backlogAtMs }) => backlogAtMs !== undefined);
    await home.until(() => closed() && (home.file('b.jpg')?.tries ?? 0) > 0);
    home.clock.leap(quarterMs);
    await home.until(() => texts(home).length > 0);
    await running.stop();
    assert.deepEqual(texts(home), ['Found 1 photo in Phone. It is on its way.']);
  });

  it('hears it on every way there is, each with its own id', async () => {
    await using home = await TestHousehold.open({ tellers: ['log', 'webhook'] });
    await home.write('a.jpg');
    await home.once();
    const news = home.journal.outbox.all();
    assert.deepEqual(news.map(({ teller }) => teller).toSorted(), ['log', 'webhook']);
    assert.equal(new Set(news.map(({ id }) => id)).size, 2);
  });
});

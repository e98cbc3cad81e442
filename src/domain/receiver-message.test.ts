import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newsKinds } from './news-topics.ts';
import { receiverMessages } from './receiver-message.ts';
import type { NewsToTell } from './told-together.ts';

const news = (id: string, kind: string, facts: object = {}, text = `news ${id}`): NewsToTell => ({ id, kind, text, facts: { ...facts } });
const batch = (id: string, source: string, more: object = {}): NewsToTell =>
  news(id, 'batch safe', { source, batch: Number(id), safe: { photos: 1, videos: 0 }, ...more });

describe('messages for a receiver', () => {
  it('say pictures of one source in one sentence, and name the sources of which one may be shown', () => {
    const [phone, scanner, ...none] = receiverMessages([batch('1', 'Phone'), batch('2', 'Scanner'), batch('3', 'Phone')], false);
    assert.deepEqual([phone?.title, phone?.text, phone?.id], ['Phone', '2 photos from Phone are safe.', '3']);
    assert.deepEqual([phone?.picturesOf, scanner?.picturesOf, none], [['Phone'], ['Scanner'], []]);
  });

  it('gather pictures of all sources where they are told once a day', () => {
    const [digest] = receiverMessages([batch('1', 'Phone'), batch('2', 'Scanner')], true);
    assert.deepEqual([digest?.title, digest?.picturesOf], ['Homeroll', ['Phone', 'Scanner']]);
  });

  it('have a title of one line', () => assert.equal(receiverMessages([batch('1', 'Anna\n  B')], false)[0]?.title, 'Anna B'));

  it('keep commands, for which a receiver has no buttons', () => {
    const text = 'It is damaged: `homeroll keep FILE` sends it again.';
    assert.equal(receiverMessages([news('1', 'proof failed', {}, text)], false)[0]?.text, text);
  });

  for (const [kind, urgency] of [
    ['batch safe', 'calm'],
    ['album deleted', 'calm'],
    ['source back', 'calm'],
    ['source away', 'look'],
    ['a kind of a newer Homeroll', 'look'],
    ['lost before safe', 'alarm'],
    ['key refused', 'alarm'],
  ] as const) {
    it(`of "${kind}" are ${urgency}`, () => assert.equal(receiverMessages([news('1', kind)], false)[0]?.urgency, urgency));
  }

  it('make no sound only where nobody is needed, and show a picture of nothing but what became safe', () => {
    for (const kind of [...newsKinds, 'unknown']) {
      const [message] = receiverMessages([news('1', kind, { source: 'Phone' })], false);
      assert.equal(message?.isQuiet, message?.urgency === 'calm');
      assert.equal((message?.picturesOf.length ?? 0) > 0, kind === 'batch safe');
    }
    const [asks] = receiverMessages([batch('1', 'Phone', { blocked: 1 })], false);
    assert.deepEqual([asks?.urgency, asks?.picturesOf], ['look', []]);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { actionId, type PhoneNews, phoneMessages, pressedOf, type Verb } from './phone-message.ts';
import { tagOf } from './told-together.ts';
import { inTrash } from './verify-message.ts';

const news = (id: string, kind: string, facts: object = {}, text = `news ${id}`): PhoneNews => ({ id, kind, text, facts: { ...facts } });
const batch = (id: string, source: string, more: object = {}): PhoneNews =>
  news(id, 'batch safe', { source, batch: Number(id), safe: { photos: 1, videos: 0 }, ...more });

describe('messages for a phone', () => {
  it('of pictures: one by source, which the next replaces', () => {
    const [phone, scanner, ...none] = phoneMessages([batch('1', 'Phone'), batch('2', 'Scanner'), batch('3', 'Phone')], false);
    assert.deepEqual([phone?.title, phone?.text, phone?.buttons], ['Phone', '2 photos from Phone are safe.', []]);
    assert.deepEqual(
      scanner?.news.map(({ id }) => id),
      ['2'],
    );
    assert.equal(none.length, 0);
    assert.equal(phone?.tag, phoneMessages([batch('9', 'Phone')], false)[0]?.tag);
    assert.notEqual(phone?.tag, scanner?.tag);
  });

  it('gathered: one of all sources, and problems by themselves', () => {
    const [digest, problem] = phoneMessages(
      [batch('1', 'Phone'), batch('2', 'Scanner'), news('3', 'lost before safe', { source: 'Phone' })],
      true,
    );
    assert.deepEqual([digest?.title, digest?.news.length, digest?.isAboutPictures], ['Homeroll', 2, true]);
    assert.deepEqual([problem?.title, problem?.text, problem?.isAboutPictures], ['Phone', 'news 3', false]);
  });

  it('of what lasts: the newest word, which takes the place of the one before', () => {
    const away = news('1', 'source away', { source: 'Scanner' });
    const back = news('2', 'source back', { source: 'Scanner' });
    const [both, ...none] = phoneMessages([away, back], false);
    assert.deepEqual([both?.text, both?.news.length, none.length], ['news 2', 2, 0]);
    assert.equal(both?.tag, phoneMessages([away], false)[0]?.tag);
  });

  it('of what happened: each stays, since each counts', () => {
    const messages = phoneMessages(
      [1, 2].map((id) => news(String(id), 'lost before safe', { source: 'Phone' })),
      false,
    );
    assert.equal(new Set(messages.map(({ tag }) => tag)).size, 2);
  });

  for (const { name, told, buttons } of [
    { name: 'pictures: none', told: batch('1', 'Phone'), buttons: [] },
    { name: 'a blocked picture', told: batch('1', 'Phone', { blocked: 1 }), buttons: ['why', 'retry'] },
    { name: 'bytes in the trash', told: batch('1', 'Phone', { blocked: 2, trashed: 1 }), buttons: ['why', 'restore', 'let-go'] },
    { name: 'many gone from Immich', told: news('1', 'many removed', { source: 'Phone' }), buttons: ['why', 'restore', 'let-go'] },
    { name: 'a key that is refused', told: news('1', 'key refused', { account: 'anna' }), buttons: ['why', 'retry'] },
    { name: 'a source that is away', told: news('1', 'source away', { source: 'Phone' }), buttons: ['why'] },
    { name: 'what is well again: none', told: news('1', 'source back', { source: 'Phone' }), buttons: [] },
  ])
    it(`have buttons for ${name}`, () => assert.deepEqual(phoneMessages([told], false)[0]?.buttons, buttons));

  it('name a command only where there is no button for it', () => {
    const says = (kind: string, text: string, facts: object = {}) => phoneMessages([news('1', kind, facts, text)], false)[0]?.text;
    assert.equal(
      says('batch safe', `1 needs you: ${inTrash}.`, { blocked: 1, trashed: 1 }),
      "1 needs you: the same bytes lie in Immich's trash, and were never proven.",
    );
    assert.match(says('half missing', 'Gone. If you removed them, say: homeroll resume --source "A".') ?? '', /homeroll resume/);
  });

  it('bear tags that every phone takes', () =>
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (sort) => assert.match(tagOf(sort), /^[a-z0-9-]{1,64}$/))));
});

describe('the name of a button', () => {
  it('tells news and verb when it comes back', () =>
    fc.assert(
      fc.property(fc.uuid(), fc.constantFrom<Verb>('why', 'retry', 'restore', 'let-go'), (newsId, verb) =>
        assert.deepEqual(pressedOf('homeroll', actionId('homeroll', { newsId, verb })), { newsId, verb }),
      ),
    ));

  for (const strange of [
    'KEEP',
    'homeroll',
    'homeroll:',
    'homeroll:a',
    'homeroll:a:erase',
    'homeroll:a:why:b',
    'homeroll::why',
    'garden:a:why',
    7,
    undefined,
    'homeroll:a:toString',
  ])
    it(`is none of ours: ${String(strange)}`, () => assert.equal(pressedOf('homeroll', strange), undefined));
});

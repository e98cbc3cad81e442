import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventsOf } from './events.ts';

const none = { photos: 0, videos: 0 };
const some = { photos: 2, videos: 1 };

describe('news as events', () => {
  for (const { kind, facts, types } of [
    { kind: 'batch safe', facts: { safe: some, stored: none, blocked: 0 }, types: ['batch_safe'] },
    { kind: 'batch safe', facts: { safe: none, stored: some, blocked: 0 }, types: ['batch_safe'] },
    { kind: 'batch safe', facts: { safe: some, stored: none, blocked: 2 }, types: ['batch_safe', 'blocked'] },
    { kind: 'batch safe', facts: { safe: none, stored: none, blocked: 2 }, types: ['blocked'] },
    { kind: 'batch safe', facts: { safe: none, stored: none, blocked: 0, waiting: 3 }, types: [] },
    { kind: 'proof failed', facts: {}, types: ['proof_failed'] },
    { kind: 'source away', facts: {}, types: ['source_away'] },
    { kind: 'part away', facts: {}, types: ['source_away'] },
    { kind: 'lost before safe', facts: {}, types: ['lost_before_safe'] },
    { kind: 'source back', facts: {}, types: ['source_back'] },
    { kind: 'part back', facts: {}, types: ['source_back'] },
    { kind: 'key refused', facts: { account: 'anna' }, types: ['key_refused'] },
    { kind: 'album deleted', facts: {}, types: [] },
  ]) {
    it(`"${kind}" ${JSON.stringify(facts)} is ${types.join(' and ') || 'none'}`, () => {
      const events = eventsOf({ kind, text: 'It is so.', facts: { source: 'Phone', batch: 7, ...facts }, madeAtMs: 0 }, 1);
      assert.deepEqual(
        events.map(({ event_type }) => event_type),
        types,
      );
      for (const event of events) {
        assert.equal(event.sentence, 'It is so.');
        assert.equal(event.source, 'Phone');
        assert.ok(!('batch' in event), 'a number of the journal means nothing to anybody');
      }
    });
  }

  it('of yesterday set nothing going', () => {
    const news = { kind: 'proof failed', text: '', facts: {}, madeAtMs: 0 };
    assert.equal(eventsOf(news, 86_400_000).length, 1);
    assert.equal(eventsOf(news, 86_400_001).length, 0);
  });
});

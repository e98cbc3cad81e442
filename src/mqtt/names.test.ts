import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { householdEntities, sourceEntities } from './entities.ts';
import { idsOfHousehold, idsOfSource, topicsOf } from './names.ts';

const ofHousehold = householdEntities.map(({ key }) => key);
const ofSource = sourceEntities.map(({ key }) => key);

const topic = fc.oneof(
  fc.constantFrom(
    'homeroll',
    'homeroll_oma',
    'homeroll_oldest',
    'homeroll_last',
    'homeroll_last_safe',
    'homeroll/oma',
    'Homeroll',
    'homeroll-oma',
  ),
  fc.stringMatching(/^[a-z]{1,3}(_[a-z]{1,3}){0,2}$/),
);
const key = fc.oneof(
  fc.constantFrom('oma', 'bytes', 'oldest', 'safe', 'last_safe'),
  fc.stringMatching(/^[a-z0-9]{1,3}(_[a-z0-9]{1,3}){0,2}$/),
);
/** An entity of a household, or of one of its sources. */
const entity = fc.oneof(
  fc.record({ topic, entity: fc.constantFrom(...ofHousehold) }),
  fc.record({ topic, key, entity: fc.constantFrom(...ofSource) }),
);
type Entity = { readonly topic: string; readonly key?: string; readonly entity: string };

const idsOf = ({ topic, key }: Entity) => (key === undefined ? idsOfHousehold(topic) : idsOfSource(topic, key));

describe('the ids in Home Assistant', () => {
  it('are never those of another entity, in one household or in two at one broker', () =>
    fc.assert(
      fc.property(entity, entity, (one: Entity, other: Entity) => {
        const isSame = one.topic === other.topic && one.key === other.key;
        assert.equal(idsOf(one).device === idsOf(other).device, isSame);
        assert.equal(idsOf(one).unique(one.entity) === idsOf(other).unique(other.entity), isSame && one.entity === other.entity);
      }),
      { numRuns: 5_000 },
    ));

  it('are what Home Assistant takes as part of a topic', () =>
    fc.assert(fc.property(entity, (one: Entity) => assert.match(idsOf(one).device, /^[a-z0-9_-]+$/))));

  it('keep a source apart from a household whose topic is called alike, and from the household of its own', () => {
    assert.notEqual(idsOfSource('homeroll', 'oma').device, idsOfHousehold('homeroll_oma').device);
    assert.notEqual(idsOfSource('homeroll', 'bytes').unique('safe'), idsOfHousehold('homeroll').unique('bytes_safe'));
    assert.notEqual(idsOfHousehold('homeroll_oldest').unique('waiting'), idsOfHousehold('homeroll').unique('oldest_waiting'));
  });
});

describe('the topics', () => {
  it('of a source are below that of its household, where no other household may be', () => {
    const place = topicsOf({ topic: 'homeroll', discovery: 'homeassistant' }).ofSource('oma');
    assert.deepEqual([place.state, place.command('paused')], ['homeroll/source/oma/state', 'homeroll/source/oma/paused/set']);
  });
});

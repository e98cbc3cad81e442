import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { followNames, type KnownNames, tellMissing, tellRenamed } from './index.ts';

const anna = { platform: 'person', uniqueId: '1' };
const known: KnownNames = { 'person.anna': anna };
const written = ['person.anna'];

describe('a name in Home Assistant', () => {
  for (const { name, before, registered, there = [], after } of [
    { name: 'is remembered with what it is known by', before: {}, registered: [{ id: 'person.anna', ...anna }], after: known },
    {
      name: 'is followed when it is another now',
      before: known,
      registered: [{ id: 'person.anna_b', ...anna }],
      after: { 'person.anna': { ...anna, now: 'person.anna_b' } },
    },
    {
      name: 'is followed also when it was renamed twice',
      before: { 'person.anna': { ...anna, now: 'person.anna_b' } },
      registered: [{ id: 'person.anna_c', ...anna }],
      after: { 'person.anna': { ...anna, now: 'person.anna_c' } },
    },
    {
      name: 'is itself again when it is called so again',
      before: { 'person.anna': { ...anna, now: 'person.anna_b' } },
      registered: [{ id: 'person.anna', ...anna }],
      after: known,
    },
    {
      name: 'is that of another who was given it since',
      before: known,
      registered: [
        { id: 'person.anna_old', ...anna },
        { id: 'person.anna', platform: 'person', uniqueId: '2' },
      ],
      after: { 'person.anna': { platform: 'person', uniqueId: '2' } },
    },
    {
      name: 'is that of another who is in no list',
      before: known,
      registered: [{ id: 'person.anna_old', ...anna }],
      there: ['person.anna'],
      after: known,
    },
    { name: 'is remembered while it is gone', before: known, registered: [], after: known },
    {
      name: 'is not followed to another platform that counts alike',
      before: known,
      registered: [{ id: 'switch.one', platform: 'demo', uniqueId: '1' }],
      after: known,
    },
    { name: 'is forgotten when nobody writes it any more', before: { 'person.ben': anna }, registered: [], after: {} },
  ] satisfies readonly {
    name: string;
    before: KnownNames;
    registered: readonly { id: string; platform: string; uniqueId: string }[];
    there?: readonly string[];
    after: KnownNames;
  }[])
    it(name, () => assert.deepEqual(followNames(before, { written, registered, isThere: (id) => there.includes(id) }), after));

  it('is followed also when the list had the new one while the old one was still seen', () => {
    const registered = [{ id: 'person.anna_b', ...anna }];
    const during = followNames(known, { written, registered, isThere: () => true });
    assert.deepEqual(followNames(during, { written, registered, isThere: () => false }), {
      'person.anna': { ...anna, now: 'person.anna_b' },
    });
  });

  it('is followed when the change was heard of before it was known', () => {
    const registered = [{ id: 'person.anna_b', ...anna }];
    const heard = new Map([['person.anna', 'person.anna_b']]);
    assert.deepEqual(followNames({}, { written, registered, heard, isThere: () => false }), {
      'person.anna': { ...anna, now: 'person.anna_b' },
    });
  });

  it('that is another now is told with the places to write it', () =>
    assert.equal(
      tellRenamed({
        from: 'person.anna',
        to: 'person.anna_b',
        needs: [
          { id: 'person.anna', use: 'when', source: 'Phone' },
          { id: 'person.anna', use: 'when', source: 'Card' },
        ],
      }),
      'person.anna is called person.anna_b in Home Assistant now. Homeroll follows. Write the new name in homeroll.yaml ("when" of Phone and "when" of Card).',
    ));

  it('that is missing is told with what follows, what was probably meant, and the cure', () => {
    assert.equal(
      tellMissing({ needs: [{ id: 'person.ana', use: 'when', source: 'Phone' }], alike: ['person.anna', 'person.ben'] }),
      'Home Assistant has no person.ana: Phone is not looked through by itself. Did you mean "person.anna"? Restore or enable it there (Settings, Devices & services, Entities), or correct "when" of Phone in homeroll.yaml.',
    );
    assert.equal(
      tellMissing({ needs: [{ id: 'notify.mobile_app_anna', use: 'phone' }], alike: [] }),
      'Home Assistant has no action notify.mobile_app_anna: that phone is told nothing. Sign in Home Assistant\'s app on that phone again, or correct "phone" in homeroll.yaml.',
    );
  });
});

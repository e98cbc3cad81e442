/** What counts as a change of the settings, and in which words it is told. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { configOf } from '../../test/kit/config.ts';
import { pathGlob } from '../domain/index.ts';
import { Secret } from '../kernel/index.ts';
import { changesBetween } from './changes.ts';
import type { Config } from './config.ts';

const wish = { url: 'http://immich.local:2283', events: [], folder: '/media', isRealDisk: true };
const phone = { name: 'Phone' };
const rule = (text: string, where: string): Config['sources'][number]['rules'] => [{ kind: 'skip', glob: pathGlob(text), where }];
const configWith = (changes: Partial<Config> = {}, sources: readonly Partial<Config['sources'][number]>[] = [phone]): Config => ({
  ...configOf({ ...wish, keys: new Map([['anna', 'first-key']]), sources }),
  ...changes,
});
const before = configWith();
const { url } = before.immich;

describe('a change of the settings', () => {
  for (const { what, after, says } of [
    { what: 'nothing', after: configWith(), says: [] },
    { what: 'another source', after: configWith({}, [phone, { name: 'Scanner' }]), says: ['source "Scanner" added'] },
    {
      what: 'no more of a source',
      after: configWith({}, [{ name: 'Scanner' }]),
      says: ['source "Scanner" added', 'source "Phone" removed'],
    },
    { what: 'a longer wait', after: configWith({}, [{ ...phone, settleMs: 1 }]), says: ['source "Phone" changed'] },
    {
      what: 'another key',
      after: configWith({ immich: { url, accounts: [{ name: 'anna', key: new Secret('second-key') }] } }),
      says: ['key of account "anna" changed'],
    },
    {
      what: 'another address',
      after: configWith({ immich: { ...before.immich, url: new URL('http://other') } }),
      says: ["Immich's address changed"],
    },
    { what: 'certificates', after: configWith({ immich: { ...before.immich, caFile: '/ca.pem' } }), says: ['certificates changed'] },
    {
      what: 'an event',
      after: configWith({ events: [{ name: 'Italy', from: '2024-07-14', to: '2024-07-20' }] }),
      says: ['events changed'],
    },
    {
      what: 'another webhook of the same host',
      after: configWith({ tell: [{ kind: 'webhook', url: new Secret('https://ntfy.example/b'), host: 'ntfy.example' }] }),
      says: ['tell changed'],
    },
  ]) {
    it(`of ${what} is told as: ${says.join(', ') || 'nothing'}`, () => {
      const { phrases, isStateFolderNew } = changesBetween(before, after);
      assert.deepEqual(phrases, says);
      assert.equal(isStateFolderNew, false);
    });
  }

  it('is seen in a pattern, and not in the line that a rule stands in', () => {
    const [first, moved, other] = [
      rule('*.gif', 'homeroll.yaml:9'),
      rule('*.gif', 'homeroll.yaml:12'),
      rule('*.png', 'homeroll.yaml:9'),
    ].map((rules) => configWith({}, [{ ...phone, rules }])) as [Config, Config, Config];
    assert.deepEqual(changesBetween(first, moved).phrases, []);
    assert.deepEqual(changesBetween(first, other).phrases, ['source "Phone" changed']);
  });

  it('of the state folder stands by itself', () => {
    assert.deepEqual(changesBetween(before, configWith({ stateDir: '/elsewhere' })), { phrases: [], isStateFolderNew: true });
  });
});

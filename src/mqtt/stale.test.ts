import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deviceConfigs } from './discovery.ts';
import { cleanUp } from './stale.ts';
import { wordsIn } from './words.ts';

const availability = 'homeroll/availability';
const configs = (sources: readonly string[], change: { topic?: string; isPictureShown?: boolean } = {}) =>
  deviceConfigs({
    mqtt: { topic: 'homeroll', discovery: 'homeassistant', isPictureShown: false, ...change },
    sources: sources.map((name) => ({ name, key: name.toLowerCase() })),
    words: wordsIn('en'),
    version: '0.1.0',
    isUpdateShown: false,
    proof: 'every',
    pictureType: 'image/jpeg',
  });
const wanted = configs(['Phone']);
const home = 'homeassistant/device/homeroll/config';

/** Everything that is published because of what was found, by topic. */
function cleaned(found: ReadonlyMap<string, unknown>): readonly (readonly [string, string])[] {
  const messages = [...found].flatMap(([topic, config]) => cleanUp(topic, JSON.stringify(config), { wanted, availability }));
  return messages.map(({ topic, payload }) => [topic, payload]);
}

describe('what is retained at the broker', () => {
  it('and wanted stays as it is', () => assert.deepEqual(cleaned(wanted), []));

  it('of a source that is no more is removed, with its state', () =>
    assert.deepEqual(cleaned(configs(['Phone', 'Scanner'])), [
      ['homeassistant/device/homeroll-scanner/config', ''],
      ['homeroll/source/scanner/state', ''],
    ]));

  it('of an entity that is no more is taken back in two steps', () => {
    const [[first, leaving] = [], [second, without] = []] = cleaned(configs(['Phone'], { isPictureShown: true }));
    assert.deepEqual([first, second], [home, home]);
    assert.deepEqual(JSON.parse(leaving ?? '').components.picture, { platform: 'image' });
    assert.deepEqual(JSON.parse(without ?? ''), wanted.get(home));
  });

  it('of another Homeroll is left alone, also where one topic begins like the other', () => {
    assert.deepEqual(cleaned(configs(['Scanner'], { topic: 'homeroll2' })), []);
    assert.deepEqual(cleaned(configs(['Scanner'], { topic: 'my/homeroll' })), []);
  });

  for (const { what, payload } of [
    { what: 'no JSON', payload: `{ "${availability}"` },
    { what: 'no config', payload: JSON.stringify([availability]) },
    {
      what: 'by another program that watches us',
      payload: JSON.stringify({ origin: { name: 'other' }, components: { a: { platform: 'sensor', state_topic: availability } } }),
    },
    {
      what: 'with our name and about another',
      payload: JSON.stringify({
        origin: { name: 'homeroll' },
        note: availability,
        components: { a: { platform: 'sensor', state_topic: 'x' } },
      }),
    },
    { what: 'empty', payload: '' },
  ]) {
    it(`that is ${what} is left alone`, () =>
      assert.deepEqual(cleanUp('homeassistant/device/x/config', payload, { wanted, availability }), []));
  }
});

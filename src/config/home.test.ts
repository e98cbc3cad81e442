import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import type { Config } from './config.ts';
import { loadConfig } from './load.ts';
import { problemText } from './problem.ts';
import { onDisk } from './surroundings.ts';

const head = 'immich: { url: http://i, accounts: { me: { key: k } } }\n';
const sourceWith = (line: string): string => `${head}sources:\n  - name: A\n    folder: a\n    ${line}\n`;
const home = 'home assistant: { url: "http://h:8123/", token: t }\n';

async function load(text: string, environment: Readonly<Record<string, string>> = {}) {
  return loadConfig('/x/homeroll.yaml', { ...onDisk(environment), readText: () => Promise.resolve(text) });
}

async function mustLoad(text: string, environment?: Readonly<Record<string, string>>): Promise<Config> {
  const loaded = await load(text, environment);
  assert.ok(loaded.kind === 'ok', loaded.kind === 'refused' ? loaded.problems.map(problemText).join('; ') : '');
  return loaded.config;
}

async function refusals(text: string): Promise<readonly string[]> {
  const loaded = await load(text);
  return loaded.kind === 'refused' ? loaded.problems.map(problemText) : [];
}

describe('what is written of comings and goings', () => {
  for (const [when, entity, state, isOpposite, forMs] of [
    ['{ arrives: person.anna }', 'person.anna', 'home', false, 120_000],
    ['{ leaves: person.anna, for: 1 s }', 'person.anna', 'home', true, 1_000],
    ['{ everyone: away }', 'zone.home', '0', false, 300_000],
    ['{ someone: home }', 'zone.home', '0', true, 120_000],
    ['{ entity: input_boolean.x, is: on }', 'input_boolean.x', 'on', false, 0],
    ['{ entity: input_boolean.x, is: true }', 'input_boolean.x', 'on', false, 0],
  ] as const) {
    it(`when: ${when}`, async () => {
      const [source] = (await mustLoad(sourceWith(`when: ${when}`) + home)).sources;
      assert.ok(source?.when.kind === 'circumstance');
      const { said: _, ...circumstance } = source.when.circumstance;
      assert.deepEqual(circumstance, { entity, state, isOpposite, forMs });
    });
  }
  it('only while: { everyone: away }', async () => {
    const [source] = (await mustLoad(sourceWith('only while: { everyone: away, for: 0 s }') + home)).sources;
    assert.equal(source?.onlyWhile?.said, 'everybody is away');
    assert.equal(source?.when.kind, 'new media');
  });
});

describe('Home Assistant', () => {
  it('is reached by the address and the token that the owner wrote', async () => {
    const { homeAssistant } = await mustLoad(sourceWith('when: manual') + home, { SUPERVISOR_TOKEN: 's' });
    assert.equal(homeAssistant?.url.href, 'http://h:8123/');
    assert.equal(homeAssistant?.token.reveal(), 't');
  });
  it('is reached by its Supervisor where Homeroll is one of its Apps', async () => {
    const { homeAssistant } = await mustLoad(sourceWith('when: { everyone: away }'), { SUPERVISOR_TOKEN: 's' });
    assert.equal(homeAssistant?.url.href, 'http://supervisor/core');
    assert.equal(homeAssistant?.token.reveal(), 's');
  });
  it('must be named where something needs it', async () => {
    const cure =
      'needs Home Assistant: write home assistant: { url: http://homeassistant.local:8123, token: !secret home_assistant_token }';
    assert.deepEqual(await refusals(`${sourceWith('when: { everyone: away }')}tell: [{ speaker: media_player.kitchen }]\n`), [
      `homeroll.yaml:5: "when" ${cure}`,
      `homeroll.yaml:6: "speaker" ${cure}`,
    ]);
  });
  it('is not asked otherwise', async () => assert.equal((await mustLoad(sourceWith('when: manual'))).homeAssistant, undefined));
});

describe('albums by calendar', () => {
  const written = 'albums: ["{year}", { calendar: calendar.family, only: /birthday|trip/i }, { calendar: calendar.school }]';
  it('stand beside those with a name', async () => {
    const [source] = (await mustLoad(sourceWith(written) + home)).sources;
    assert.deepEqual(
      source?.albums.map(({ template }) => template.text),
      ['{year}'],
    );
    assert.deepEqual(
      source?.calendars?.map(({ calendar, only }) => [calendar, only?.text, only?.matches('A trip')]),
      [
        ['calendar.family', '/birthday|trip/i', true],
        ['calendar.school', undefined, undefined],
      ],
    );
  });
  it('are for all sources that have none of their own', async () => {
    const config = await mustLoad(`${sourceWith('when: manual')}${home}albums: [{ calendar: calendar.family }]\n`);
    assert.deepEqual(config.sources[0]?.calendars, [{ calendar: 'calendar.family' }]);
    assert.equal((await mustLoad(sourceWith('albums: []') + home)).sources[0]?.calendars, undefined);
  });
  it('need Home Assistant', async () => {
    const all = 'albums: [{ calendar: calendar.family }]\n';
    const sentences = await refusals(sourceWith(written) + all);
    assert.deepEqual(
      sentences.map((sentence) => sentence.replace(/ write home assistant.*/, '')),
      ['homeroll.yaml:5: "calendar" needs Home Assistant:', 'homeroll.yaml:6: "calendar" needs Home Assistant:'],
    );
  });
});

describe('who is told', () => {
  it('a phone: of some sources, gathered until the evening', async () => {
    const { tell } = await mustLoad(
      `${sourceWith('when: manual')}${home}tell: [{ phone: notify.mobile_app_anna, sources: [A], about: [pictures], digest: "20:00" }]\n`,
    );
    assert.deepEqual(tell, [{ kind: 'phone', action: 'mobile_app_anna', sources: ['A'], about: ['pictures'], digestAt: '20:00' }]);
  });
  it('a speaker: by its own night, gap and voice', async () => {
    const { tell } = await mustLoad(`${sourceWith('when: manual')}${home}tell: [{ speaker: media_player.kitchen, volume: 30 }]\n`);
    assert.deepEqual(tell, [
      {
        kind: 'speaker',
        entity: 'media_player.kitchen',
        about: ['pictures', 'problems'],
        quietHours: { from: '21:30', to: '07:30' },
        gapMs: 600_000,
        volume: 30,
      },
    ]);
  });
  it('of no source that is none', async () =>
    assert.deepEqual(await refusals(`${sourceWith('when: manual')}${home}tell: [{ phone: notify.a, sources: [B] }]\n`), [
      'homeroll.yaml:7: "B" is not one of your sources. Did you mean "A"?',
    ]));
});

describe('the broker', () => {
  it('has defaults for all but its address', async () => {
    const { mqtt } = await mustLoad(`${sourceWith('when: manual')}mqtt: { url: "mqtt://broker" }\n`);
    const { url, ...others } = mqtt ?? {};
    assert.equal(url?.href, 'mqtt://broker');
    assert.deepEqual(others, { topic: 'homeroll', discovery: 'homeassistant', isPictureShown: false, isUpdateAsked: false });
  });
  it('may have its user and password in its address, which then shows neither', async () => {
    const { mqtt } = await mustLoad(`${sourceWith('when: manual')}mqtt: { url: "mqtts://me:hid%20den@broker:8883" }\n`);
    assert.equal(mqtt?.user, 'me');
    assert.equal(mqtt?.password?.reveal(), 'hid den');
    assert.ok(!inspect(mqtt, { depth: 9 }).includes('hid'));
  });
});

describe('what had better stand in secrets.yaml', () => {
  it('is the token and the password, each where it is', async () => {
    const text = `${sourceWith('when: manual')}${home}mqtt: { url: "mqtt://broker", password: p }\n`;
    const loaded = await load(text);
    assert.deepEqual(loaded.kind === 'ok' ? loaded.notes.map(problemText).slice(1) : [], [
      'homeroll.yaml:6: The token of Home Assistant stands in this file for all to read: better put it in secrets.yaml and write token: !secret home_assistant_token',
      'homeroll.yaml:7: The password of the broker stands in this file for all to read: better put it in secrets.yaml and write password: !secret mqtt_password',
    ]);
  });
});

/** The doctor asks Home Assistant whether all that the owner named is there. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { configOf } from '../../../test/kit/config.ts';
import { FakeHomeAssistant } from '../../../test/kit/fake-home-assistant.ts';
import { LeapClock } from '../../../test/kit/leap-clock.ts';
import { TestJournal } from '../../../test/kit/test-journal.ts';
import type { Config, SourceConfig } from '../../config/index.ts';
import { entityIs, everyoneAway, personHome } from '../../domain/index.ts';
import { visitHome } from '../../hass/index.ts';
import { Secret } from '../../kernel/index.ts';
import { checkHome } from './check-home.ts';

const never = new AbortController().signal;
const awayFor5 = { ...everyoneAway, forMs: 300_000 };
const onArrival = (person: string): SourceConfig['when'] => ({ kind: 'circumstance', circumstance: { ...personHome(person), forMs: 0 } });

describe('the doctor in Home Assistant', () => {
  let fake: FakeHomeAssistant;
  let test: TestJournal;
  beforeEach(async () => {
    fake = await FakeHomeAssistant.open();
    test = new TestJournal();
    fake.say('zone.home', '1');
    fake.say('person.anna', 'home');
  });
  afterEach(async () => {
    await fake.stop();
    test[Symbol.dispose]();
  });

  const config = (source: Partial<SourceConfig>, more: Partial<Config> = {}): Config => ({
    ...configOf({ url: 'http://x', keys: new Map([['anna', 'key']]), sources: [source], events: [], folder: '/', isRealDisk: true }),
    ...more,
  });
  async function says(of: Config): Promise<readonly string[]> {
    const wire = { url: fake.url, token: new Secret('good'), clock: new LeapClock() };
    const findings = await Array.fromAsync(
      checkHome({ config: of, journal: test.journal, visitHome: (signal) => visitHome(wire, signal) }, never),
    );
    return findings.map(({ verdict, about, sentence, cure = '' }) => `${verdict} ${about}: ${sentence} ${cure}`.trim());
  }
  const phone = { kind: 'phone', action: 'mobile_app_anna', about: ['problems'] } as const;

  it('finds all well, and leaves again', async () => {
    assert.deepEqual(await says(config({ when: onArrival('person.anna'), onlyWhile: awayFor5 })), [
      'ok Home Assistant: It answers, and takes the token: version 2026.11.0.',
      'ok Home Assistant: The token belongs to Owner, an administrator.',
      'ok Phone: It is looked through when person.anna is at home; Home Assistant says now: person.anna is home.',
      'ok Phone: Its files go on only while everybody is away; Home Assistant says now: zone.home is 1.',
    ]);
    while (fake.connections > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  for (const { name, source, tell, prepare = () => undefined, expected } of [
    {
      name: 'a person that there is not, and who is probably meant',
      source: { when: onArrival('person.ana') },
      expected: /^problem Phone: Home Assistant knows no person\.ana\. Did you mean "person\.anna"\? Correct "when"\.$/m,
    },
    {
      name: 'an entity that is not known just now',
      source: { onlyWhile: { ...entityIs('input_boolean.backup', 'on'), forMs: 0 } },
      prepare: () => fake.say('input_boolean.backup', 'unavailable'),
      expected: /^warning Phone: Its files go on only while input_boolean\.backup is on, and Home Assistant does not know that now/m,
    },
    {
      name: 'a person nobody knows the whereabouts of',
      source: { onlyWhile: awayFor5 },
      prepare: () => fake.say('person.ben', 'unknown'),
      expected: /^warning Home Assistant: It does not know where person\.ben is, and counts that as away\./m,
    },
    {
      name: 'a calendar that there is not, and which is probably meant',
      source: { calendars: [{ calendar: 'calendar.famly' }] },
      prepare: () => fake.say('calendar.family', 'off'),
      expected:
        /^problem Phone: Home Assistant knows no calendar\.famly\. Did you mean "calendar\.family"\? Correct "calendar" under "albums"\.$/m,
    },
    {
      name: 'a person that is called otherwise now, and that Homeroll follows',
      source: { when: onArrival('person.old') },
      prepare: () => {
        test.journal.facts.set('names in home assistant', JSON.stringify({ 'person.old': { platform: 'person', uniqueId: 'a' } }));
        fake.answers.set('config/entity_registry/list', () => [{ entity_id: 'person.anna', unique_id: 'a', platform: 'person' }]);
      },
      expected:
        /^warning Home Assistant: person\.old is called person\.anna in Home Assistant now\. .*"when" of Phone\)\.\nok Phone: It is looked through when/m,
    },
    {
      name: 'a home in which nobody is known',
      source: { onlyWhile: awayFor5 },
      prepare: () => fake.say('person.anna', 'unknown'),
      expected: /^warning Home Assistant: It knows of nobody where they are: everybody counts as away\./m,
    },
    {
      name: 'a home that has no zone',
      source: { onlyWhile: awayFor5 },
      prepare: () => fake.forget('zone.home'),
      expected: /^problem Phone: Home Assistant knows no zone\.home\. Correct "only while"\.$/m,
    },
    {
      name: 'a token of no administrator, where phones are to answer',
      tell: [phone],
      prepare: () => Object.assign(fake, { isAdmin: false }),
      expected: /^warning Home Assistant: The token belongs to Owner, who is no administrator: .* Use a token of an administrator\.$/m,
    },
    {
      name: 'a token of no administrator, where that does not matter',
      prepare: () => Object.assign(fake, { isAdmin: false }),
      expected: /^ok Home Assistant: The token belongs to Owner\.$/m,
    },
    {
      name: 'a token that is refused',
      prepare: () => Object.assign(fake, { token: 'another' }),
      expected: /^problem Home Assistant: Home Assistant refuses the token\./m,
    },
    {
      name: 'answers that mean nothing',
      prepare: () => void fake.answers.set('get_states', () => 'no'),
      expected: /^problem Home Assistant: What Home Assistant answers is not understood\./m,
    },
    {
      name: 'that it is still starting',
      source: { when: onArrival('person.ana') },
      prepare: () => Object.assign(fake, { state: 'STARTING' }),
      expected: /^warning Home Assistant: It is starting, .*in a minute\.$/m,
    },
  ] satisfies readonly {
    name: string;
    source?: Partial<SourceConfig>;
    tell?: Config['tell'];
    prepare?: () => unknown;
    expected: RegExp;
  }[])
    it(`tells of ${name}`, async () => {
      prepare();
      const said = await says(config(source ?? {}, tell && { tell }));
      assert.match(said.join('\n'), expected);
    });

  it('tells that it is away', async () => {
    await fake.stop();
    const [said = ''] = await says(config({}));
    assert.match(said, /^problem Home Assistant: Home Assistant is away \(http:\/\/127\.0\.0\.1:\d+ refuses connections\)\.$/);
  });

  it('says nothing where there is none', async () => {
    assert.deepEqual(await Array.fromAsync(checkHome({ config: config({}), journal: undefined, visitHome: undefined }, never)), []);
  });
});

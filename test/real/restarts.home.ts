/** What happens about a restart of Home Assistant reaches its automations, whichever of the two tells Homeroll of the restart. */
import { rename } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { RealHomeAssistant } from './home-assistant.ts';
import { Homeroll } from './homeroll.ts';
import { waitFor } from './wait-for.ts';

/** One is connected and hears nothing at the broker, since it listens at the wrong topic; the other has nothing but the broker. */
const ways = {
  connected: { mqtt: { birth: 'said/elsewhere' }, settings: {} },
  broker: { mqtt: {}, settings: { 'home assistant': undefined } },
} as const;
type Way = keyof typeof ways;

describe('what happens about a restart of Home Assistant', () => {
  let home: RealHomeAssistant;
  const homerolls = new Map<Way, Homeroll>();
  const houses = new AsyncDisposableStack();
  const each = (work: (homeroll: Homeroll, way: Way) => Promise<unknown>): Promise<unknown> =>
    Promise.all([...homerolls].map(([way, homeroll]) => work(homeroll, way)));
  const heard = (way: Way): string => `input_boolean.heard_${way}`;

  before(async () => {
    const switches = Object.keys(ways).map((way) => `  heard_${way}: { name: Heard by ${way} }\n`);
    home = await RealHomeAssistant.start({ packages: { house: `input_boolean:\n${switches.join('')}` } });
    for (const way of Object.keys(ways) as readonly Way[]) {
      const homeroll = houses.use(await Homeroll.at(home, { topic: way, mqtt: ways[way].mqtt }));
      homerolls.set(way, homeroll);
      await homeroll.configure(ways[way].settings);
      homeroll.run();
    }
    await each(async (homeroll, way) => {
      await homeroll.shows('safe', '0');
      const entity = await homeroll.entity('event');
      await home.automate(`hears_${way}`, {
        triggers: [{ trigger: 'state', entity_id: entity, not_from: 'unavailable', not_to: ['unavailable', 'unknown'] }],
        conditions: [{ condition: 'template', value_template: "{{ trigger.to_state.attributes.event_type == 'source_away' }}" }],
        actions: [{ action: 'input_boolean.turn_on', target: { entity_id: heard(way) } }],
      });
    });
  });
  after(async () => {
    await houses.disposeAsync();
    await home[Symbol.asyncDispose]();
  });

  const unplugged = ({ house }: Homeroll): string => `${house.folder}/unplugged`;
  const goAway = async (homeroll: Homeroll): Promise<void> => {
    const { house } = homeroll;
    const { length: before } = house.letterbox.told('source away');
    await rename(house.path(''), unplugged(homeroll));
    await house.say('resume', '--source', 'Phone');
    await waitFor(
      'it is told',
      () => house.letterbox.told('source away').length > before,
      () => homeroll.said.slice(-2_000),
    );
  };
  const untilHeard = async (): Promise<void> => {
    await each((_, way) => home.waitForState(heard(way), 'on'));
    await each(async (homeroll, way) => {
      await rename(unplugged(homeroll), homeroll.house.path(''));
      await homeroll.house.say('resume', '--source', 'Phone');
      await homeroll.shows('problem', 'off');
      await home.turn(heard(way), 'off');
    });
  };

  it('is heard by its automations: while it shuts down', async () => {
    // From the moment when it closes its doors, and before the broker knows.
    await home.restart(() => each(goAway));
    await untilHeard();
  });

  it('while it is away', async () => {
    await home.stop();
    await each(goAway);
    await home.startAgain();
    await untilHeard();
  });

  it('and just before it is back, in a life that began with other settings meanwhile', async () => {
    await home.stop();
    const starting = home.startAgain();
    await each(async (homeroll, way) => {
      await homeroll.configure({ ...ways[way].settings, log: 'info' });
      await waitFor(
        'other settings',
        () => /goes on with them/.test(homeroll.said),
        () => homeroll.said.slice(-2_000),
      );
      await goAway(homeroll);
    });
    await starting;
    await untilHeard();
  });
});

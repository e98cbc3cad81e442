/** The household that Immich's faults are tried on: a few pictures of all kinds on their way into albums and tags, and what was said meanwhile. */
import type { SourceConfig } from '../../../src/config/index.ts';
import { parseTemplate } from '../../../src/domain/index.ts';
import type { FaultPlan } from '../../../src/practice/index.ts';
import { type HouseholdWish, TestHousehold } from '../../kit/household.ts';
import { LeapClock } from '../../kit/leap-clock.ts';
import type { Fault } from '../fault.ts';
import { tollOfHousehold } from '../scenes.ts';
import { addTolls, type Expectation, lie, type Toll } from '../toll.ts';

export type Faults = FaultPlan['faults'];

/** Everything that Homeroll may ask: a plan for `*` would spoil the pings, too. */
export const questions = [
  'GET /users/me',
  'POST /assets/bulk-upload-check',
  'POST /assets',
  'GET /assets/:id/original',
  'GET /albums',
  'POST /albums',
  'PUT /albums/:id/assets',
  'PUT /tags',
  'PUT /tags/assets',
] as const;

/** The seed moves a fault from question to question. */
export function questionOf(seed: number): string {
  return questions[seed % questions.length] ?? 'POST /assets';
}

export const filed: Partial<SourceConfig> = {
  albums: [{ template: parseTemplate('Everything'), isAdoptable: false }],
  tags: [parseTemplate('from/{source}')],
};

const names = ['IMG_1.jpg', 'IMG_2.HEIC', 'IMG_2.MOV', 'IMG_3.png', 'IMG_4.mp4', 'IMG_5.jpg'];
/** Those that an album shows. */
const shown = names.filter((name) => name !== 'IMG_2.MOV');

export interface Story {
  readonly name: string;
  readonly tries: number;
  readonly isQuick?: boolean;
  readonly wish?: HouseholdWish;
  /** Lives through the fault and to its end. What it returns are lies: sentences about what was said or done wrongly. */
  live(home: Home, seed: number): Promise<readonly (string | undefined)[]>;
  /** By path, `Phone/a.jpg`. */
  readonly ends?: Expectation['ends'];
}

export class Home {
  readonly house: TestHousehold;

  constructor(house: TestHousehold) {
    this.house = house;
  }

  /** The `nth` question from now is asked only once this is done. */
  beforeQuestion(nth: number, act: () => Promise<unknown>): void {
    let asked = 0;
    this.house.onAsk = async () => {
      asked += 1;
      if (asked === nth) await act();
    };
  }

  /** Until all is done, as after the last trouble. */
  async settle(): Promise<void> {
    this.house.clock.leap(3_600_000);
    await this.house.once({ patienceMs: 7_200_000 });
  }

  /** Lives with these faults for a while, and then without. */
  async liveWith(faults: Faults, { patienceMs = 20_000 } = {}): Promise<void> {
    await this.house.comeBack(faults);
    await this.house.once({ patienceMs });
    await this.house.comeBack();
    await this.settle();
  }

  /** Every file is filed, tagged and joined, once. */
  async isFiled(): Promise<string | undefined> {
    const albums = await this.house.albums();
    const members = await Promise.all(albums.map(({ id }) => this.house.members(id)));
    const is = JSON.stringify([albums.map(({ albumName }) => albumName), members]);
    const should = JSON.stringify([['Everything'], [shown]]);
    const assets = await this.house.assets();
    const video = assets.find(({ originalFileName }) => originalFileName === 'IMG_2.MOV')?.id;
    const isJoined = assets.some(({ livePhotoVideoId }) => livePhotoVideoId === video && video !== undefined);
    if (is !== should) return `the albums are ${is}`;
    return isJoined ? undefined : 'the halves of the live photo are not joined';
  }

  /** One line down and one up for all of it. */
  saysOnce(pattern: RegExp, back = 'Immich is back'): string | undefined {
    const { warnings, infos } = this.house;
    const [down, up] = [warnings.filter((line) => pattern.test(line)).length, infos.filter((line) => line === back).length];
    if (warnings.length === 1 && down === 1 && up === 1) return undefined;
    return `${down} lines down and ${up} up: ${JSON.stringify([...warnings, ...infos])}`;
  }

  get tries(): string | undefined {
    const tried = Object.keys(this.house.states()).filter((name) => (this.house.file(name)?.tries ?? 0) > 0);
    return tried.length === 0 ? undefined : `files collected tries: ${tried.join(', ')}`;
  }
}

export function onHousehold({ name, tries, isQuick = false, wish = {}, live, ends = {} }: Story): Fault {
  return {
    group: 'Immich',
    name,
    by: 'household',
    tries,
    isQuick,
    async strike(seed): Promise<Toll> {
      await using house = await TestHousehold.open({ sources: [filed], ...wish });
      for (const file of names) await house.write(file);
      const lies = await live(new Home(house), seed);
      return addTolls(await tollOfHousehold(house, { ends }), lie(...lies.filter((one) => one !== undefined)));
    },
  };
}

/** For silence on the wire: a minute is over in half a second. */
export const hastyWire = (): HouseholdWish => ({ wireClock: new LeapClock(100) });

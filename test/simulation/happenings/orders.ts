/** What owners ask of Homeroll while it runs: pause, resume, retry, keep, let go, sweep; and rules that they write anew. */
import type { Random } from '../../../src/kernel/index.ts';
import { aWhile, pick, pickByName } from '../chance.ts';
import { halvesAt } from '../hear-answers.ts';
import { show } from '../show.ts';
import type { JournalRow } from '../truth.ts';
import type { Source } from '../volumes.ts';
import type { World } from '../world.ts';
import { isOfferedAgain } from './hands.ts';
import type { Act } from './happening.ts';

export const subjectOf = (path: string): string => Buffer.from(path, 'latin1').toString('base64');
const named = (path: string): string => show(Buffer.from(path, 'latin1'));

export const pauses: Act = (world, random) => {
  const source: Source | undefined = random.next() < 0.5 ? undefined : pick(random, world.sources);
  const forMs = aWhile(random, 3 * 3_600_000);
  world.trouble(`the owner pauses ${source ?? 'everything'}`, forMs, {
    begin: () => world.order('pause', source),
    end: () => world.order('resume', source),
  });
};

export const retries: Act = (world) => {
  world.note('the owner says: homeroll retry');
  world.order('retry');
};

export const sweeps: Act = (world) => {
  world.note('the owner says: homeroll sweep');
  world.order('sweep');
};

/** Something that rests by the owner's hand or for an answer. */
export const keeps: Act = (world, random) => decide(world, random, 'keep');

export const letsGo: Act = (world, random) => decide(world, random, 'let go');

function decide(world: World, random: Random, kind: 'keep' | 'let go'): void {
  const fits = world.truth.rows().filter(({ state }) => (kind === 'keep' ? state === 'blocked' || state === 'letGo' : state !== 'gone'));
  const open = fits.filter(({ state, sha1 }) => sha1 !== null && ['blocked', 'hashed', 'missing'].includes(state));
  const row = pickByName(random, open.length > 0 ? open : fits, ({ path }) => path);
  if (row) decideAbout(world, random, { kind, row });
}

export function decideAbout(world: World, random: Random, { kind, row }: { kind: 'keep' | 'let go'; row: JournalRow }): void {
  isOfferedAgain(world, random, Buffer.from(row.path, 'latin1'));
  world.note(`the owner says: homeroll ${kind === 'keep' ? 'keep' : 'let-go'} ${named(row.path)} (${row.state})`);
  const id = world.order(kind, subjectOf(row.path));
  if (kind === 'keep') {
    world.records.keepSaid.add(row.stem);
    world.records.keepSaid.add(`${world.userOf(row.source)} ${row.sha1}`);
  }
  const halves = halvesAt(row.path, world);
  const damagesTold = world.records.damageTold.size;
  world.records.orders.set(id, { kind, userId: world.userOf(row.source), sha1: row.sha1, path: row.path, halves, damagesTold });
}

export const writesRules: Act = (world, random) => {
  const { skipsGif, skipsWebp } = world.wishes;
  const what = pick(random, ['gif', 'webp', 'proof'] as const);
  if (what === 'gif') world.wishes = { ...world.wishes, skipsGif: !skipsGif };
  if (what === 'webp') world.wishes = { ...world.wishes, skipsWebp: !skipsWebp };
  if (what === 'proof') world.wishes = { ...world.wishes, shareProof: pick(random, ['half', 'every', 'checksum']) };
  world.restart(`with other rules: ${JSON.stringify(world.wishes)}`);
};

/** What looking again is there for, and what comes between: originals that rot, a server restored from a backup, orders, and nights cut short. */
import { aboutSource } from '../../../src/pipeline/index.ts';
import { aWhile, pick, pickByName } from '../chance.ts';
import { isDoneRow } from '../check-files.ts';
import { accountOf } from '../config.ts';
import { hearAnswers } from '../hear-answers.ts';
import { aDamage } from '../store.ts';
import type { AssetRow } from '../truth.ts';
import type { Source } from '../volumes.ts';
import type { Storm } from '../weather.ts';
import type { World } from '../world.ts';
import { copyFolder } from './arrivals.ts';
import { remove, somethingStored } from './hands.ts';
import type { Act } from './happening.ts';
import { decideAbout } from './orders.ts';

const hourMs = 3_600_000;

export const aProvenOriginalRots: Act = (world, random) => {
  const row = pickByName(
    random,
    world.truth.rows().filter(({ state }) => state === 'safe'),
    ({ path }) => path,
  );
  const asset = row && world.truth.asset(row.assetId);
  if (!asset) return;
  world.note(`the original of ${JSON.stringify(Buffer.from(row.path, 'latin1').toString())} rots on Immich's disk`);
  world.server.store.rot({ ownerId: asset.ownerId, assetId: asset.id }, aDamage(random, 40));
};

export const saysVerify: Act = (world, random) => {
  const wish = pick(random, [
    { kind: 'due' },
    { kind: 'all' },
    { kind: 'sample', share: 0.3 },
    { kind: 'source', name: pick(random, world.sources) },
  ]);
  world.note(`the owner says: homeroll verify ${JSON.stringify(wish)}`);
  world.order('verify', JSON.stringify(wish));
};

/** An answer to the alarm. */
export const decidesAboutDamaged: Act = (world, random) => {
  const damaged = world.truth.rows().filter(({ state, reason }) => state === 'blocked' && /other bytes|cannot give/.test(reason ?? ''));
  const row = pickByName(random, damaged, ({ path }) => path);
  if (row?.sha1) decideAbout(world, random, { kind: pick(random, ['keep', 'let go'] as const), row });
};

/** All that came since the backup is gone, of everybody; what was done to the rest since then is not undone here. */
export const isRestored: Act = async (world, random, number) => {
  // So many of one source that their owner must be asked, and cannot have removed them by hand.
  if (random.next() < 0.5) {
    copyFolder(world, random, { number, count: 25 + Math.floor(random.next() * 25) });
    await world.pass(3 * hourMs);
  }
  const shareLost = 0.2 + 0.7 * random.next();
  const away: Storm = { kind: 'away' };
  world.trouble('Immich is restored from an old backup, and away', aWhile(random, hourMs), {
    begin: () => world.server.storms.add(away),
    end: () => world.server.storms.delete(away),
  });
  // What was under way has ended, well or not.
  await world.pass(10_000);
  hearAnswers(world);
  const assets = world.truth.assets();
  await lose(world, assets.slice(Math.ceil(assets.length * (1 - shareLost))));
  for (const source of world.sources)
    if (random.next() < 0.6) answersLater(world, source, aWhile(random, 60 * hourMs), random.next() < 0.6);
};

async function lose(world: World, lost: readonly AssetRow[]): Promise<void> {
  const { server, truth, records } = world;
  const before = truth.assets();
  for (const account of [0, 1] as const) {
    const ids = lost.filter(({ ownerId }) => ownerId === server.userId(account)).map(({ id }) => id);
    if (ids.length > 0) await server.byHand(server.key(account), 'DELETE', '/assets', { ids, force: true });
  }
  const gone = before.filter(({ id }) => truth.asset(id) === undefined);
  world.note(`${gone.length} of ${before.length} assets came after the backup, and are gone`);
  for (const { ownerId, sha1, isTrashed } of gone) {
    const content = `${ownerId} ${sha1}`;
    const isMet = truth.isMet(ownerId, sha1);
    const kept = truth.rowAt(records.kept.get(content) ?? '');
    const isKeptJustNow = kept?.sha1 === sha1 && !isDoneRow(kept);
    // Gone before Homeroll ever met it: nobody can know that it was there.
    if (!isMet) records.wantBack(content);
    else if (isKeptJustNow) records.leaveUnclear(content);
    else if (!isTrashed) records.lose(content);
  }
}

function answersLater(world: World, source: Source, delayMs: number, isKept: boolean): void {
  world.later(delayMs, () => {
    const asked = world.truth.rows().filter((row) => row.source === source && isAskedAbout(row.reason));
    if (asked.length === 0) return;
    const kind = isKept ? 'keep' : 'let go';
    world.note(`the owner says: homeroll ${isKept ? 'keep' : 'let-go'} --source ${source}`);
    const id = world.order(kind, aboutSource(source));
    const userId = world.server.userId(accountOf[source]);
    world.records.ordersAboutMany.set(id, { kind, files: asked.map(({ sha1, path }) => ({ userId, sha1, path })) });
  });
}

const isAskedAbout = (reason: string | null): boolean => reason?.includes('many others') === true && !reason.startsWith('its motion half');

/** Immich is there, and the disk that its originals lie on is not. */
export const originalsAreAway: Act = (world, random) => {
  const storm: Storm = {
    kind: 'refusal',
    share: pick(random, [0.7, 1]),
    status: 500,
    message: 'ENOENT',
    to: /^GET \/assets\/[^/]+\/original/,
  };
  world.trouble('Immich cannot read its originals', aWhile(random, 2 * hourMs), {
    begin: () => world.server.storms.add(storm),
    end: () => world.server.storms.delete(storm),
  });
};

export const isAwayForAMoment: Act = (world, random) => {
  const away: Storm = { kind: 'away' };
  world.trouble('Immich is away', 5_000 + random.next() * 120_000, {
    begin: () => world.server.storms.add(away),
    end: () => world.server.storms.delete(away),
  });
};

/** At one of the next crash points: reading comes by two for each original. */
export const diesLooking: Act = (world, random) => {
  const reaches = 1 + Math.floor(random.next() * 40);
  world.note(`Homeroll will die at the ${reaches}. crash point from here`);
  world.life.crashAt(reaches);
};

export const severalAreTrashed: Act = async (world, random) => {
  const isForced = random.next() < 0.5;
  for (let left = 2 + Math.floor(random.next() * 4); left > 0; left -= 1) {
    const stored = somethingStored(world, random);
    if (stored) await remove(world, stored, isForced);
  }
};

/** What breaks: Immich, the way to it, disks, shares, clocks, hints, the way news go; and Homeroll itself. */
import { joinPath } from '../../../src/files/index.ts';
import type { Random } from '../../../src/kernel/index.ts';
import { aWhile, pick, pickByName } from '../chance.ts';
import type { Remount } from '../disk.ts';
import { found } from '../finding.ts';
import { newBytes } from '../pictures.ts';
import { aDamage } from '../store.ts';
import { innerRoot, rootOf, type Source } from '../volumes.ts';
import type { Refusal, Storm } from '../weather.ts';
import type { World } from '../world.ts';
import type { Act } from './happening.ts';

const hourMs = 3_600_000;
// Looked at each minute, and asked for 20 s.
const saidWithinMs = 120_000;

function storm(world: World, what: string, durationMs: number, one: Storm): void {
  world.trouble(what, durationMs, { begin: () => world.server.storms.add(one), end: () => world.server.storms.delete(one) });
}

const refusing =
  (what: string, mostMs: number, refusalOf: (world: World, random: Random) => Refusal & { readonly share?: number }): Act =>
  (world, random) =>
    storm(world, what, aWhile(random, mostMs), { kind: 'refusal', share: 1, ...refusalOf(world, random) });

export const immichIsAway: Act = (world, random) => storm(world, 'Immich is away', aWhile(random, 3 * hourMs), { kind: 'away' });

export const theWayIsBad: Act = (world, random) =>
  storm(world, 'connections to Immich break', aWhile(random, hourMs), { kind: 'bad way', share: 0.1 + 0.4 * random.next() });

export const gatewayTimesOut: Act = (world, random) =>
  storm(world, 'a proxy gives up waiting for Immich (504)', aWhile(random, hourMs), { kind: 'gateway times out', share: 0.3 });

export const answersNeverCome: Act = (world, random) =>
  storm(world, 'Immich takes some requests and never answers', aWhile(random, hourMs), {
    kind: 'unanswered',
    share: 0.05 + 0.3 * random.next(),
  });

export const answersAreHalf: Act = (world, random) =>
  storm(world, "Immich's answers break off", aWhile(random, hourMs), { kind: 'half an answer', share: 0.3 });

export const proxyFails = refusing('a proxy answers 500, 502 or 503 with a page', hourMs, (_, random) => ({
  status: pick(random, [500, 502, 503]),
  share: 0.2 + 0.8 * random.next(),
}));

export const isTooMuch = refusing('a proxy says: too many requests (429)', hourMs, (_, random) => ({
  status: 429,
  retryAfterS: pick(random, [1, 30, 600, 86_400]),
  share: 0.5,
}));

export const keyIsRefused = refusing("anna's key is made anew, and not yet written down", hourMs / 3, (world) => ({
  status: 401,
  message: 'Invalid API key',
  key: world.server.key(0),
}));

export const permissionIsMissing = refusing('the key lacks a permission', hourMs, (_, random) => {
  const [to, permission] = pick(random, [
    [/^POST \/assets$/, 'asset.upload'],
    [/^GET \/assets\/[^/]+\/original/, 'asset.download'],
    [/albums/, 'album.create'],
    [/tags/, 'tag.create'],
  ] as const);
  return { status: 403, message: `Missing required permission: ${permission}`, to };
});

export const filesAreTooLarge = refusing('a proxy takes no large bodies (413)', 2 * hourMs, () => ({
  status: 413,
  to: /^POST \/assets$/,
  overBytes: 1_000,
}));

export const quotaIsFull = refusing("ben's quota in Immich is full", 2 * hourMs, (world) => ({
  status: 400,
  message: 'Quota has been exceeded!',
  to: /^POST \/assets$/,
  key: world.server.key(1),
}));

export const immichsDiskFails: Act = (world, random) =>
  world.trouble("Immich's disk damages what it stores", hourMs / 4 + aWhile(random, 2 * hourMs), {
    begin: () => {
      world.server.store.spoilage = 0.6;
    },
    end: () => {
      world.server.store.spoilage = 0;
    },
  });

/** Long after the proof: only a look at it can tell. */
export const anOriginalRots: Act = (world, random) => {
  const asset = pickByName(random, world.truth.assets(), ({ sha1 }) => sha1);
  if (!asset) return;
  world.note("an original rots on Immich's disk");
  world.server.store.rot({ ownerId: asset.ownerId, assetId: asset.id }, aDamage(random, 40));
};

export const immichIsUpdated: Act = (world, random) => {
  const version = world.server.version === '2.7.5' ? '3.1.0' : world.server.version;
  const one: Storm = { kind: 'away' };
  world.trouble(`Immich is updated to ${version}`, aWhile(random, hourMs / 2), {
    begin: () => world.server.storms.add(one),
    end: () => {
      world.server.storms.delete(one);
      world.server.update(version);
    },
  });
};

export const immichsClockIsOff: Act = (world, random) => {
  const days = random.next() < 0.5 ? -1 : 1;
  world.note(`Immich's clock is a day ${days < 0 ? 'behind' : 'ahead'}`);
  world.server.asideMs = days * 24 * hourMs;
};

const goesAway =
  (source: Source): Act =>
  (world, random) => {
    if (!world.sources.includes(source)) return;
    const how = pick<Remount>(random, ['same', 'new inodes', 'mixed inodes']);
    world.trouble(`${source} is away`, aWhile(random, 2 * hourMs), {
      begin: () => {
        world.noteAway(source);
        world.disk.unmount(rootOf[source]);
      },
      end: () => {
        world.away.delete(source);
        world.disk.mount(rootOf[source], how);
      },
    });
  };

export const shareGoesAway = goesAway('Share');
export const cardGoesAway = goesAway('Card');

/** Its server takes what it is asked, and answers nothing; others go on changing what lies there. */
export const deviceHangs: Act = (world, random) => {
  const point = pick(random, [rootOf.Share, rootOf.Share, innerRoot]);
  const durationMs = aWhile(random, 2 * hourMs);
  const { life } = world;
  world.trouble(`${point} does not answer`, durationMs, {
    begin: () => {
      if (point === rootOf.Share) world.noteAway('Share');
      world.disk.silences.begin(point);
    },
    end: () => {
      const share = world.life.journal.sources.all().find(({ name }) => name === 'Share');
      const isKnown = point !== rootOf.Share || durationMs < saidWithinMs || world.life !== life || world.wasClockSet;
      if (!isKnown && share?.state === 'present') world.findings.push(found('stuck', 'Share does not answer, and nobody noticed'));
      if (world.disk.silences.end(point) && point === rootOf.Share) world.away.delete('Share');
    },
  });
};

export const innerDiskGoesAway: Act = (world, random) =>
  world.trouble("a disk inside the phone's folder is away", aWhile(random, 2 * hourMs), {
    begin: () => {
      world.wereFilesHidden = true;
      world.disk.unmount(innerRoot);
    },
    end: () => world.disk.mount(innerRoot, 'same'),
  });

export const phoneIsOnAnotherDevice: Act = (world, random) => {
  world.note("the phone's disk is mounted as another device");
  world.disk.mount(rootOf.Phone, 'same', 10n + BigInt(Math.floor(random.next() * 90)));
};

/** Somebody puts another folder in the place of a source's, and puts it right later. */
export const rootIsReplaced: Act = (world, random, number) => {
  const source = pick(random, world.sources);
  const [root, aside] = [rootOf[source], Buffer.from(`/aside ${number}`)];
  const strange = newBytes(random);
  const mountPoint = world.disk.volumes.find((volume) => volume.root.equals(root));
  if (!mountPoint?.isMounted) return;
  world.trouble(`another folder stands in the place of ${source}`, aWhile(random, hourMs), {
    begin: () => {
      world.wereFilesHidden = true;
      world.disk.rename(root, aside);
      world.disk.makeFolder(root);
      world.disk.write(joinPath(root, Buffer.from(`strange ${number}.jpg`)), strange);
    },
    end: () => {
      world.disk.rename(root, Buffer.from(`/strange ${number}`));
      world.disk.rename(aside, root);
    },
  });
};

export const diskFails: Act = (world, random) => {
  const source = pick(random, world.sources);
  const kind = pick(random, ['broken', 'forbidden', 'busy', 'away'] as const);
  const calls = pick(random, [['stat'], ['entries'], ['open'], ['read'], ['stat', 'entries', 'open', 'read', 'root']] as const);
  const at = pick(random, [rootOf[source], joinPath(rootOf[source], Buffer.from('Camera'))]);
  const trouble = { kind, calls, at, share: pick(random, [0.1, 0.5, 1]) };
  world.trouble(`${at.toString()} fails: ${kind} at ${calls.join(', ')}`, hourMs / 4 + aWhile(random, 2 * hourMs), {
    begin: () => world.disk.begin(trouble),
    end: () => world.disk.end(trouble),
  });
};

export const clockIsSet: Act = (world, random) => {
  const byMs = pick(random, [-365 * 24, -26, -1, 1, 26, 365 * 24]) * hourMs;
  world.wasClockSet = true;
  world.trouble(`the clock is set ${byMs < 0 ? 'back' : 'forward'} by ${Math.abs(byMs) / hourMs} h`, aWhile(random, 3 * hourMs), {
    begin: () => world.clock.setAside(byMs),
    end: () => world.clock.setAside(0),
  });
};

export const clocksChange: Act = (world) => {
  if (!world.sources.includes('Card')) return;
  world.note('clocks change: all times on the card are another hour');
  world.disk.shiftTimes(rootOf.Card, hourMs);
  for (const file of world.disk.files(rootOf.Card)) world.records.note('Card', file, world.clock.elapsed());
};

export const hintsAreLost: Act = (world, random) =>
  world.trouble('hints are lost', aWhile(random, 2 * hourMs), {
    begin: () => {
      world.areHintsLost = true;
    },
    end: () => {
      world.areHintsLost = false;
    },
  });

/** More changes than it keeps; it says nothing of them, nor that there were any. Now and then it shows from something else. */
export const systemDropsEvents: Act = (world, random) => {
  const isSuspected = random.next() < 0.5;
  world.trouble('the system drops what it would tell of changes', aWhile(random, hourMs / 2), {
    begin: () => {
      world.ears.isDropping = true;
    },
    end: () => {
      world.ears.isDropping = false;
      if (!isSuspected) return;
      for (const source of world.sources) world.life.hint(rootOf[source].toString(), { kind: 'unsure', why: 'so much changed at once' });
    },
  });
};

export const receiverIsAway: Act = (world, random) => {
  const isAway = random.next() < 0.5;
  world.trouble(isAway ? 'the webhook is away' : "the webhook's answers are lost", aWhile(random, 3 * hourMs), {
    begin: () => {
      world.receiver.isAway = isAway;
      world.receiver.lostAnswers = isAway ? 0 : 0.5;
    },
    end: () => {
      world.receiver.isAway = false;
      world.receiver.lostAnswers = 0;
    },
  });
};

export const diesSoon: Act = (world, random) => {
  const reaches = 1 + Math.floor(random.next() ** 2 * 60);
  world.note(`Homeroll will die at the ${reaches}. crash point from here`);
  world.life.crashAt(reaches);
};

export const dies: Act = (world) => world.restart('it was killed');

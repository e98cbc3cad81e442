/** Counts what a fault cost: photos lost, things doubled, lies told. Pure; see evidence.ts for where the facts come from. */
import { countedAs } from '../../src/domain/index.ts';
import type { Evidence, KnownFile, StoredAsset } from './evidence.ts';
import { type PlacementOf, tollOfPlaces } from './placement.ts';
import { type Letter, tollOfPost } from './post.ts';

export interface Toll {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly lies: readonly string[];
  /** How often the fault struck within this one try, if more than once. */
  readonly strikes?: number;
}

/** Where files are meant to end that do not end as they should by their source's `proof:`. By path, as in {@link KnownFile}. */
export interface Expectation {
  readonly ends?: Readonly<Record<string, string>>;
  /** Assets whose bytes the fault spoiled in Immich after they had been proven. */
  readonly spoiledAssets?: ReadonlySet<string>;
  /** Where each file is to be in Immich. */
  readonly placementOf?: PlacementOf;
  /** Kinds of news of which each way tells one. */
  readonly toldOnce?: readonly string[];
  /** All that came into the letterbox, which must be all that was sent. */
  readonly letters?: readonly Letter[];
}

export const noToll: Toll = { lost: [], doubled: [], lies: [] };

export function addTolls(...tolls: readonly Toll[]): Toll {
  return {
    lost: tolls.flatMap(({ lost }) => lost),
    doubled: tolls.flatMap(({ doubled }) => doubled),
    lies: tolls.flatMap(({ lies }) => lies),
  };
}

/** What a fault found for itself: each sentence counts as a lie. */
export function lie(...lies: readonly string[]): Toll {
  return { ...noToll, lies };
}

export function tollOf(evidence: Evidence, expected: Expectation = {}): Toll {
  const { placementOf, letters, toldOnce = [] } = expected;
  const places = placementOf ? tollOfPlaces(evidence, placementOf) : noToll;
  const post = letters ? tollOfPost(letters, evidence) : noToll;
  return addTolls(places, post, {
    lost: evidence.onDisk.flatMap((file) => lossOf(file, evidence)),
    doubled: [...twinsOf(evidence), ...twiceTold(evidence)],
    lies: [
      ...toldOtherwise(evidence, toldOnce),
      ...evidence.known.flatMap((file) => lieOf(file, evidence, expected)),
      ...wrongEnds(evidence, expected),
    ],
  });
}

/** A file on disk is in Immich, or Homeroll says why not. */
function lossOf({ path, account, sha1 }: Evidence['onDisk'][number], { known, assets }: Evidence): readonly string[] {
  const file = known.find((one) => one.path === path && one.stage !== 'gone');
  if (!file) return [`${path} is on disk and not known`];
  if (file.role === 'sidecar' || file.state === 'unwanted' || file.state === 'letGo') return [];
  if (assets.some((asset) => asset.account === account && asset.storedSha1 === sha1 && !asset.isTrashed)) return [];
  const isUndone = ['unjudged', 'waiting', 'blocked'].includes(file.state);
  return isUndone && file.reason ? [] : [`${path} is ${file.stage} (${file.reason ?? 'without a reason'}), and Immich does not have it`];
}

function twinsOf({ assets, albums }: Evidence): readonly string[] {
  const twice = <T>(things: readonly T[], keyOf: (thing: T) => string): readonly string[] => {
    const keys = things.map(keyOf);
    return [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))];
  };
  return [
    ...twice(assets, ({ account, storedSha1 }) => `two assets of ${account} hold ${storedSha1}`),
    ...twice(
      albums.filter(({ description }) => description.includes('Kept by Homeroll')),
      ({ account, description }) => `two albums of ${account}: ${description.trim()}`,
    ),
    ...albums.flatMap(({ name, memberIds }) => twice(memberIds, (id) => `${id} is twice in ${name}`)),
  ];
}

/** By one way, a batch has one message that tells its end. */
function twiceTold({ news }: Evidence): readonly string[] {
  const ends = news.filter(({ kind, facts }) => kind === 'batch safe' && facts.batch !== undefined);
  return ends.flatMap(({ id, teller, facts }) => {
    const first = ends.find((other) => other.teller === teller && other.facts.batch === facts.batch);
    return first?.id === id ? [] : [`batch ${facts.batch} was told twice`];
  });
}

function toldOtherwise({ news }: Evidence, kinds: readonly string[]): readonly string[] {
  return kinds.flatMap((kind) => {
    const tellers = news.filter((one) => one.kind === kind).map(({ teller }) => teller);
    const isOnce = tellers.length > 0 && new Set(tellers).size === tellers.length;
    return isOnce ? [] : [`"${kind}" is not told once by each way: ${tellers.join(', ') || 'by none'}`];
  });
}

/** What is said of a file holds in the store and on disk. */
function lieOf(file: KnownFile, { onDisk, assets }: Evidence, { spoiledAssets }: Expectation): readonly string[] {
  const says = `${file.path} is called ${file.stage}`;
  const asset: StoredAsset | undefined = assets.find(({ id }) => id === file.assetId);
  const present = onDisk.find(({ path }) => path === file.path);
  if (file.stage === 'gone') return present ? [`${says}, and is on disk`] : [];
  const isOfDiskNow = !present || !file.sha1 || present.sha1 === file.sha1;
  const wrong = isOfDiskNow ? [] : [`${says}, with other bytes than it has`];
  const counts = countedAs(file.stage);
  if (counts !== 'safe' && counts !== 'stored') return wrong;
  if (!asset) return [...wrong, `${says}, and its asset is not in Immich`];
  if (counts === 'safe' && asset.storedSha1 !== file.sha1 && !spoiledAssets?.has(asset.id)) {
    return [...wrong, `${says}, and Immich holds other bytes`];
  }
  return wrong;
}

function wrongEnds({ known, onDisk }: Evidence, { ends = {} }: Expectation): readonly string[] {
  return onDisk.flatMap(({ path }) => {
    const file = known.find((one) => one.path === path && one.stage !== 'gone');
    if (!file || file.role === 'sidecar') return [];
    const usual = file.state === 'safe' || file.stage === 'kept' || file.state === 'letGo' || file.state === 'unwanted';
    const wished = ends[path];
    if (wished === undefined) return usual ? [] : [`${path} ended as ${file.stage}: ${file.reason ?? 'without a reason'}`];
    return file.state === wished || file.stage === wished ? [] : [`${path} ended as ${file.stage}, not as ${wished}`];
  });
}

/** Holds each content against the place it was meant to have in Immich: albums, tags, its motion half, its sidecar. Pure. */
import type { DiskFile, Evidence, StoredAsset } from './evidence.ts';

/** What is left out is not looked at. */
export interface Placement {
  readonly albums?: readonly string[];
  readonly tags?: readonly string[];
  /** Where the motion half lies that it is linked to. */
  readonly motion?: string;
  /** A half is. */
  readonly isHidden?: boolean;
  /** What the sidecar says of the picture. */
  readonly description?: string;
}

/** By path, as in {@link DiskFile}. Copies share one asset, which has the albums and tags of all of them. */
export type PlacementOf = (path: string) => Placement | undefined;

export function tollOfPlaces(evidence: Evidence, placementOf: PlacementOf): Found {
  const findings = new Findings();
  for (const [content, files] of Map.groupBy(evidence.onDisk, ({ account, sha1 }) => `${account} ${sha1}`)) {
    const placements = files.flatMap(({ path }) => placementOf(path) ?? []);
    const asset = evidence.assets.find((one) => !one.isTrashed && `${one.account} ${one.storedSha1}` === content);
    if (!asset || placements.length === 0) continue;
    const albums = evidence.albums.flatMap(({ name, memberIds }) => (memberIds.includes(asset.id) ? [name] : []));
    if (placements.some((one) => one.albums)) findings.compare(asset.name, albums, union(placements, 'albums'), 'album');
    if (placements.some((one) => one.tags)) findings.compare(asset.name, asset.tags, union(placements, 'tags'), 'tag');
    for (const placement of placements) findings.look(asset, placement, evidence);
  }
  return findings.toll;
}

function union(placements: readonly Placement[], of: 'albums' | 'tags'): readonly string[] {
  return [...new Set(placements.flatMap((placement) => placement[of] ?? []))];
}

interface Found {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly lies: readonly string[];
}

class Findings {
  readonly #lost: string[] = [];
  readonly #doubled: string[] = [];
  readonly #lies: string[] = [];

  get toll(): Found {
    return { lost: this.#lost, doubled: this.#doubled, lies: this.#lies };
  }

  compare(name: string, has: readonly string[], wanted: readonly string[], what: string): void {
    for (const one of wanted) if (!has.includes(one)) this.#lost.push(`${name} is without its ${what} ${one}`);
    for (const [index, one] of has.entries()) {
      if (!wanted.includes(one)) this.#lies.push(`${name} has the ${what} ${one}, which nobody wished`);
      if (has.indexOf(one) !== index) this.#doubled.push(`${name} has the ${what} ${one} twice`);
    }
  }

  look(asset: StoredAsset, { motion, isHidden, description }: Placement, evidence: Evidence): void {
    const half = motion === undefined ? undefined : assetAt(motion, evidence);
    if (half && asset.livePhotoVideoId !== half.id) this.#lost.push(`${asset.name} is not linked to its motion half`);
    if (isHidden !== undefined && (asset.visibility === 'hidden') !== isHidden) this.#lies.push(`${asset.name} is ${asset.visibility}`);
    if (description !== undefined && asset.description !== description) this.#lost.push(`${asset.name} is without its sidecar`);
  }
}

function assetAt(path: string, { onDisk, assets }: Evidence): StoredAsset | undefined {
  const file: DiskFile | undefined = onDisk.find((one) => one.path === path);
  return assets.find((asset) => asset.account === file?.account && asset.storedSha1 === file.sha1);
}

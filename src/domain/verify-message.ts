/** What is said when Homeroll looked again at what was done: alarms, the question about many, and reasons with their choices. Pure. */
import { counted, grouped, named } from './counting.ts';

/** Of a file that is gone from disk. */
export const onlyCopyDamaged = 'no longer on disk, and Immich, which had the only copy, gives back other bytes: look into its backup';

/** Reason of a file whose bytes Immich gave back otherwise, short, or not at all. */
export const damagedInImmich =
  'Immich gave back other bytes than the file on disk: `homeroll keep FILE` sends it again in place of the damaged one, `homeroll let-go FILE` leaves it';

/** The same where Immich had nothing to give. */
export const unreadableInImmich =
  'Immich has it in its list, and cannot give it back: `homeroll keep FILE` sends it again in place of the damaged one, `homeroll let-go FILE` leaves it';

/** Of a file whose bytes its owner may have put away before Homeroll ever stored them. */
export const inTrash =
  "the same bytes lie in Immich's trash, and were never proven: `homeroll keep FILE` brings them back, `homeroll let-go FILE` leaves them there";

/** What was done for the file was done to an asset that is no more: it is looked at anew. */
export const otherAssetNow = 'Immich has these bytes as another asset now';

/** Reason of a file that went missing in Immich together with many others. No numbers in it: they change while it stands. */
export function missingWithOthers(source: string): string {
  return `Immich has it no longer, and many others of ${source} went missing at once: \`homeroll keep --source "${source}"\` sends them again, \`homeroll let-go --source "${source}"\` if you removed them`;
}

export interface DamageNews {
  readonly source: string;
  readonly names: readonly string[];
  readonly total: number;
  /** How many of them are on disk no longer. */
  readonly onNoDisk: number;
}

/** The alarm: what Immich gives back is not what was sent. */
export function tellProofFailed({ source, names, total, onNoDisk }: DamageNews): string {
  const isOne = total === 1;
  if (onNoDisk === total) {
    return `${named(names, total)} from ${source} ${isOne ? 'is' : 'are'} damaged in Immich and on no disk any more: Immich had the only ${isOne ? 'copy' : 'copies'}. Look at Immich's own disk and its backup.`;
  }
  const [what, file, it] = isOne ? ['is', 'the file', 'it'] : ['are', 'the files', 'each'];
  const alarm = `${named(names, total)} from ${source} ${what} not safe: Immich did not give back the bytes of ${file} on disk. Keep ${file}, and look at Immich's own disk; then \`homeroll keep FILE\` sends ${it} again.`;
  return onNoDisk === 0 ? alarm : `${alarm} ${noDisk(onNoDisk)}`;
}

/** A damaged content of which not even a name is left here. */
export function tellNamelessDamaged({ source, assetId }: { readonly source: string; readonly assetId: string }): string {
  return `A picture from ${source} is damaged in Immich and on no disk any more: Immich had the only copy (asset ${assetId}). Look at Immich's own disk and its backup.`;
}

/** A server that was restored from an old backup looks like this, and so does an owner who cleared up. */
export function askAboutRemoved({ source, missing, known, onNoDisk }: RemovedQuestion): string {
  const lost = onNoDisk === 0 ? '' : ` ${noDisk(onNoDisk)}`;
  return `${grouped(missing)} of ${counted(known, 'picture')} from ${source} are no longer in Immich, all at once. Nothing is assumed; they do not count as safe.${lost} If Immich was restored from an older backup: homeroll keep --source "${source}" sends them again. If you removed them: homeroll let-go --source "${source}".`;
}

export interface RemovedQuestion {
  readonly source: string;
  readonly missing: number;
  readonly known: number;
  readonly onNoDisk: number;
}

/** Immich answers, and gives back no original at all: its disk is away, not this or that picture. */
export function tellNothingReadable({ account }: { readonly account: string }): string {
  return `Immich answers, but gives back no original of account "${account}". Is the disk there that it stores on? Nothing was judged by that; it is looked at again the next night.`;
}

function noDisk(count: number): string {
  return count === 1
    ? '1 of them is on no disk any more: Immich had the only copy.'
    : `${grouped(count)} of them are on no disk any more: Immich had the only copies.`;
}

/** What a look came to, for somebody who waited for it. */
export interface VerifiedFacts {
  readonly total: number;
  readonly done: number;
  readonly equal: number;
  readonly damaged: number;
  readonly letGo: number;
}

/** `3,400 originals were read back, and all are equal.` Originals, not photos: a live photo has two. */
export function summariseVerified({ total, done, equal, damaged, letGo }: VerifiedFacts): readonly string[] {
  const were = (count: number): string => (count === 1 ? 'was' : 'were');
  const read = counted(done, 'original');
  const rest = total > done ? [`${grouped(total - done)} more ${were(total - done)} not reached.`] : [];
  const verdict =
    equal === done
      ? `${read} ${were(done)} read back, and ${done === 1 ? 'it is' : 'all are'} equal.`
      : `${read} ${were(done)} read back: ${grouped(equal)} equal, ${grouped(damaged)} damaged.`;
  return [
    ...(letGo > 0 ? [`${grouped(letGo)} ${were(letGo)} removed in Immich, and ${letGo === 1 ? 'is' : 'are'} let go.`] : []),
    ...rest,
    done === 0 ? 'Nothing was to be read back.' : verdict,
  ];
}

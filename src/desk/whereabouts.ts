/** Where a file stands, in the words of the numbers, and what is known of it: one line of the listing. */
import { type CountedAs, countedAs, type FileRecord, type Role, type State, stateNames } from '../domain/index.ts';
import type { Journal } from '../journal/index.ts';
import { type FileAwaited, pathOf } from '../pipeline/index.ts';

/** The places of the numbers; a sidecar, which is counted with its picture, keeps its own word. */
export type Place = Exclude<CountedAs, 'companion'> | 'held' | 'sent' | 'left';

export const places: readonly Place[] = [
  'unjudged',
  'unwanted',
  'gone',
  'waiting',
  'blocked',
  'stored',
  'safe',
  'letGo',
  'held',
  'sent',
  'left',
];

export function placeOf(state: State): Place {
  const place = countedAs(state);
  // All that count as companions are named by their state.
  return place === 'companion' ? (state as 'held' | 'sent' | 'left') : place;
}

/** States that somebody means by a word: a place of the numbers, or a state of the journey. Undefined: no such word. */
export function statesMeant(word: string): readonly State[] | undefined {
  const plain = word.toLowerCase().replace(/[\s_-]/g, '');
  const meant = stateNames.filter((state) => placeOf(state).toLowerCase() === plain);
  if (meant.length > 0) return meant;
  const exact = stateNames.find((state) => state.toLowerCase() === plain);
  return exact && [exact];
}

export interface FileLine {
  /** Absolute; bytes that are no text are shown as `�`. */
  readonly path: string;
  /** Only where the path is no UTF-8: its bytes. */
  readonly pathBase64?: string;
  readonly source: string;
  readonly state: Place;
  /** The exact state of the journey. */
  readonly stage: State;
  /** Motion halves and sidecars count with their picture. */
  readonly role: Role;
  readonly kind: FileRecord['kind'];
  readonly sizeBytes: number;
  readonly reason: string | null;
  readonly sha1: string | null;
  readonly assetId: string | null;
  readonly provenAt: string | null;
  /** All of it was sent then, and Immich has not answered. ISO 8601; null: nothing of the kind. */
  readonly awaitsAnswerSince: string | null;
  /** Of a motion half none: it is seen with its still. */
  readonly albums: readonly string[];
}

/** @param awaited of this file, if its answer is waited for */
export function lineOf(file: FileRecord, journal: Journal, awaited?: FileAwaited): FileLine {
  const path = pathOf(file, journal);
  const text = path.toString('utf8');
  const { name, accountId } = journal.sources.byId(file.sourceId);
  const { sha1, assetId } = file;
  const content = accountId === undefined || sha1 === undefined ? undefined : journal.contents.find(accountId, sha1);
  // A proof belongs to the asset that was read back.
  const provenAtMs = content && content.assetId === assetId ? content.provenAtMs : undefined;
  return {
    path: text,
    ...(!Buffer.from(text).equals(path) && { pathBase64: path.toString('base64') }),
    source: name,
    state: placeOf(file.state),
    stage: file.state,
    role: file.role,
    kind: file.kind,
    sizeBytes: file.stat.sizeBytes,
    reason: file.reason ?? null,
    sha1: sha1 ?? null,
    assetId: assetId ?? null,
    provenAt: provenAtMs === undefined ? null : new Date(provenAtMs).toISOString(),
    awaitsAnswerSince: awaited ? new Date(awaited.sinceMs).toISOString() : null,
    albums: accountId !== undefined && assetId !== undefined && file.role !== 'motion' ? journal.albums.namesOf(accountId, assetId) : [],
  };
}

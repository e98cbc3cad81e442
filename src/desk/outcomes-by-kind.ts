/** What became of each kind of file: the table that a first look at the household ends with. */
import { type FileRecord, states } from '../domain/index.ts';
import type { Journal } from '../journal/index.ts';
import { type Place, placeOf } from './whereabouts.ts';

export interface KindOutcome {
  /** `photos`, `live photos`, `sidecars`, … */
  readonly kind: string;
  readonly files: number;
  /** How many stand in each place. */
  readonly places: readonly { readonly place: Place; readonly files: number }[];
}

// Raw files of the cameras people own; only the table's wording hangs on it.
const rawName = /\.(3fr|arw|cr2|cr3|crw|dcr|dng|erf|fff|iiq|kdc|mef|mos|mrw|nef|nrw|orf|pef|raf|raw|rw2|rwl|sr2|srf|srw|x3f)$/i;

const order = ['photos', 'RAW photos', 'live photos', 'videos', 'copies of one of these', 'sidecars', 'not wanted', 'other files'] as const;

/** Of all files on disk. Counts only, whatever the number of files. */
export function outcomesByKind(journal: Journal): readonly KindOutcome[] {
  const counts = new Map<string, Map<Place, number>>();
  for (const { id } of journal.sources.all()) {
    for (const page of journal.files.pages(id, undefined, 500)) {
      for (const file of page) count(counts, kindOf(file, journal), file);
    }
  }
  return order.flatMap((kind) => {
    const places = [...(counts.get(kind) ?? [])].map(([place, files]) => ({ place, files }));
    return places.length === 0 ? [] : [{ kind, files: places.reduce((sum, { files }) => sum + files, 0), places }];
  });
}

/** Undefined: counted with another file. */
function kindOf(file: FileRecord, journal: Journal): (typeof order)[number] | undefined {
  if (file.state === 'gone' || file.role === 'motion') return undefined;
  if (file.state === 'unwanted') return 'not wanted';
  if (file.role === 'sidecar') return 'sidecars';
  if (file.sha1 && journal.files.bySha1(file.sha1).some(({ id, state }) => id < file.id && state !== 'gone'))
    return 'copies of one of these';
  if (file.kind === 'video') return 'videos';
  if (file.kind !== 'photo') return 'other files';
  if (journal.files.picture(file.folderId, file.stem).some(({ role, state }) => role === 'motion' && state !== 'gone'))
    return 'live photos';
  return rawName.test(file.name.toString('latin1')) ? 'RAW photos' : 'photos';
}

function count(counts: Map<string, Map<Place, number>>, kind: string | undefined, { state }: FileRecord): void {
  if (kind === undefined) return;
  const places = counts.get(kind) ?? new Map<Place, number>();
  counts.set(kind, places);
  places.set(placeOf(state), (places.get(placeOf(state)) ?? 0) + 1);
}

/** A place in words, for people. */
export function placeInWords(place: Place): string {
  const words: Readonly<Record<Place, string>> = {
    unjudged: 'not looked at yet',
    unwanted: 'not wanted',
    gone: states.gone.means,
    waiting: 'waiting',
    blocked: 'blocked',
    stored: 'stored',
    safe: 'safe',
    letGo: 'let go',
    held: 'waiting for its picture',
    sent: 'sent with its picture',
    left: 'left',
  };
  return words[place];
}

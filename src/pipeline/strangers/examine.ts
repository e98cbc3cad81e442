/** Is a film that a still shows its moving half, or a stranger that we hid behind it? Writes nothing. */
import { type FileRecord, leftBecause } from '../../domain/index.ts';
import { DiskError } from '../../files/index.ts';
import type { Journal, ShownFilm } from '../../journal/index.ts';
import { sentenceOf } from '../../kernel/index.ts';
import { type Member, whyPair } from '../../media/index.ts';
import { memberOf } from '../family.ts';
import { pathOf } from '../find-file.ts';
import type { AccountInUse, SourceInUse } from '../step.ts';
import { type HalfOnDisk, type ReadingParts, readHalf } from './read-half.ts';

export interface ExaminingParts extends ReadingParts {
  readonly journal: Journal;
  readonly account: AccountInUse;
  /** Those whose folders are there. */
  readonly sources: readonly SourceInUse[];
}

export type Examined =
  /** They belong together, or the owner has decided otherwise since. */
  | { readonly kind: 'well' }
  /** A folder is away: it is looked at when that is back. */
  | { readonly kind: 'later' }
  | { readonly kind: 'stranger' | 'left'; readonly film: FileRecord; readonly reason?: string };

const well: Examined = { kind: 'well' };

/** Nothing is opened and nobody asked for what the journal knows to be a pair, as nearly all are. */
export async function examine(shown: ShownFilm, parts: ExaminingParts, signal: AbortSignal): Promise<Examined> {
  const { journal, account } = parts;
  const films = [...journal.files.withBytes(account.id, shown.sha1)];
  const film = films.find(({ state }) => state === 'safe' || state === 'kept') ?? films[0];
  if (!film) return well;
  const still = stillOf(film, shown, parts);
  if (still && whyPair(memberOf(still), memberOf(film))) return well;
  if (!(await isHiddenBehind(shown, account, signal))) return well;
  if (!films.some((file) => wasSentAsHalf(file, journal))) return { kind: 'left', film, reason: leftBecause.notOurs };
  try {
    if ([film, still].some((file) => file && isAway(file, parts))) return { kind: 'later' };
    const filmNow = await readNow(film, parts, signal);
    if (!filmNow) return { kind: 'left', film, reason: leftBecause.filmGone };
    const stillNow = still && (await readNow(still, parts, signal));
    if (!stillNow) return { kind: 'left', film, reason: leftBecause.stillGone };
    return whyPair(stillNow, filmNow) ? well : { kind: 'stranger', film };
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    return { kind: 'left', film, reason: sentenceOf(error) };
  }
}

/** Of one name as a rule; moved or edited since, it is known by its bytes. */
function stillOf(film: FileRecord, { shownBy }: ShownFilm, { journal, account }: ExaminingParts): FileRecord | undefined {
  const mate = journal.files.picture(film.folderId, film.stem).find(({ assetId }) => assetId === shownBy);
  if (mate) return mate;
  const sha1 = journal.contents.sha1Of(account.id, shownBy);
  const stills = sha1 ? [...journal.files.withBytes(account.id, sha1)] : [];
  return stills.find(({ state }) => state !== 'gone') ?? stills[0];
}

/** As we left them. What somebody parted, showed or joined otherwise since is theirs. */
async function isHiddenBehind({ assetId, shownBy }: ShownFilm, { immich }: AccountInUse, signal: AbortSignal): Promise<boolean> {
  const still = await immich.fetchAsset(shownBy, signal);
  if (still === 'absent' || still.isTrashed || still.livePhotoVideoId !== assetId) return false;
  const film = await immich.fetchAsset(assetId, signal);
  return film !== 'absent' && !film.isTrashed && film.visibility === 'hidden';
}

/** By its history: it went up from here, and a half goes up hidden. What Immich had before us may have been joined by anybody. */
function wasSentAsHalf({ id }: FileRecord, journal: Pick<Journal, 'history'>): boolean {
  const sent: readonly string[] = ['stored', 'unproven', 'proven'];
  return journal.history.of(id).some(({ from, to }) => from === 'missing' && sent.includes(to));
}

function isAway({ sourceId, state }: FileRecord, { sources }: ExaminingParts): boolean {
  return state !== 'gone' && sources.every(({ id }) => id !== sourceId);
}

async function readNow(file: FileRecord, parts: ExaminingParts, signal: AbortSignal): Promise<Member | undefined> {
  const source = parts.sources.find(({ id }) => id === file.sourceId);
  if (!source || file.state === 'gone') return undefined;
  const half: HalfOnDisk = { file, path: pathOf(file, parts.journal), source };
  return readHalf(half, parts, signal);
}

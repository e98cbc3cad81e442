/** Puts a picture's date on the right wall clock: by what lies beside a movie's head, and by what the owner says of a camera. Pure. */
import { correct, correctionFor, type FileRecord, type TakenAt, withImmich } from '../../domain/index.ts';
import { showPath } from '../../files/index.ts';
import { wallClock } from '../../kernel/index.ts';
import { type ClockClue, clueInName, isToldAsInstant, type MediaFacts, setMovieClock } from '../../media/index.ts';
import type { SourceInUse } from '../step.ts';

export interface Around {
  readonly file: FileRecord;
  readonly facts: MediaFacts;
  /** All files of its folder and stem. */
  readonly picture: readonly FileRecord[];
  readonly source: Pick<SourceInUse, 'config'>;
  /** Where the picture tells its place: the zone there. */
  readonly placeZone: string | undefined;
  /** Where it was taken, as far as anybody knows. */
  readonly timeZone: string;
}

/** @param told the date that the file, its name or its disk tells */
export function setClock(told: TakenAt, { file, facts, picture, source, placeZone, timeZone }: Around): TakenAt {
  const correction = correctionFor(source.config.clock ?? [], facts.camera);
  const clues = [clueInName(file.name.toString('utf8')), ...picture.map(clueOfStill)].filter((clue) => clue !== undefined);
  // What the owner says goes before what can be guessed.
  const isInstant = isToldAsInstant(told, facts.dates);
  const found = correction?.isLocal || !isInstant ? told : setMovieClock(told, { clues, durationMs: facts.durationMs ?? 0, timeZone });
  const right = correction ? correct(found, correction, { isInstant, timeZone }) : found;
  // Immich shows an instant in the zone of its place, and without one in UTC.
  const shown = isInstant ? wallClock(told.epochMs, placeZone ?? 'UTC') : told.local;
  return withImmich(right, { shown, isForImmich: correction?.isForImmich ?? false });
}

/** A still of the same stem tells the camera's own wall clock. */
function clueOfStill({ name, kind, state, notes: { taken } }: FileRecord): ClockClue | undefined {
  const isTelling = kind === 'photo' && state !== 'gone' && (taken?.from === 'EXIF' || taken?.from === 'EXIF with time zone');
  // As the camera wrote it: what the owner adds is added to the movie afterwards.
  return isTelling ? { local: taken.elseShown ?? taken.local, by: showPath(name) } : undefined;
}

/** Which albums and tags one file is to have. */
import {
  type AssetId,
  type FileRecord,
  type NamedSpan,
  type PlannedAlbum,
  planAlbums,
  planTags,
  type TakenAt,
} from '../../domain/index.ts';
import { joinPath } from '../../files/index.ts';
import type { Journal } from '../../journal/index.ts';
import { wallClock } from '../../kernel/index.ts';
import type { SourceInUse } from '../step.ts';

export interface PlanSettings {
  readonly events: readonly NamedSpan[];
  readonly language: string;
  readonly timeZone: string;
}

export interface Plan {
  readonly assetId: AssetId;
  readonly albums: readonly PlannedAlbum[];
  readonly tags: readonly string[];
}

export interface PlanParts {
  readonly journal: Pick<Journal, 'sources'>;
  readonly source: SourceInUse;
  readonly settings: PlanSettings;
}

export function planOf(file: FileRecord, { journal, source, settings }: PlanParts): Plan {
  const { language, events, timeZone } = settings;
  const path = joinPath(journal.sources.folderPath(file.folderId), file.name).toString('utf8');
  const pictured = {
    takenAt: file.notes.taken ?? modifiedAt(file, timeZone),
    path,
    source: source.config.name,
    ...(file.notes.camera !== undefined && { camera: file.notes.camera }),
  };
  if (!file.assetId) throw new Error(`file ${file.id} is stored without an asset`);
  return {
    assetId: file.assetId,
    albums: planAlbums(pictured, { templates: source.config.albums, events, language }),
    tags: planTags(pictured, source.config.tags, language),
  };
}

function modifiedAt(file: FileRecord, timeZone: string): TakenAt {
  const epochMs = Number(file.stat.mtimeNs / 1_000_000n);
  return { local: wallClock(epochMs, timeZone), epochMs, from: 'modification time' };
}

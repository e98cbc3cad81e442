/** Tags in the database: paths of names, each level a tag of its own. */
import type { RecordDatabase } from './database.ts';
import { isoDate } from './dates.ts';
import type { Parts } from './parts.ts';

export interface TagRecord {
  readonly id: string;
  readonly user_id: string;
  readonly parent_id: string | null;
  readonly value: string;
  readonly color: string | null;
  readonly created_at: number;
  readonly updated_at: number;
}

const tagByValue = 'SELECT * FROM tag WHERE user_id = ? AND value = ?';
const insertTag = 'INSERT INTO tag (id, user_id, parent_id, value, color, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)';
const insertPair = 'INSERT OR IGNORE INTO tag_asset (tag_id, asset_id) VALUES (?, ?)';
const tagsByAsset = 'SELECT tag.* FROM tag JOIN tag_asset ON tag.id = tag_asset.tag_id WHERE tag_asset.asset_id = ? ORDER BY tag.value';

export function tagJson({ id, parent_id, value, color, created_at, updated_at }: TagRecord): Record<string, unknown> {
  return {
    id,
    ...(parent_id === null ? {} : { parentId: parent_id }),
    name: value.slice(value.lastIndexOf('/') + 1),
    value,
    createdAt: isoDate(created_at),
    updatedAt: isoDate(updated_at),
    ...(color === null ? {} : { color }),
  };
}

export function findTagByValue(database: RecordDatabase, userId: string, value: string): TagRecord | undefined {
  return database.one<TagRecord>(tagByValue, userId, value);
}

export interface NewTag {
  readonly userId: string;
  readonly value: string;
  readonly parentId: string | null;
  readonly color: string | null;
}

export function createTag({ database, ids, clock }: Parts, { userId, value, parentId, color }: NewTag): string {
  const [id, now] = [ids.uuid(), clock.now()];
  database.run(insertTag, id, userId, parentId, value, color, now, now);
  return id;
}

/** Makes what is missing of each path. @returns the leaves, each once, in the order given; a path without names gives none */
export function upsertTags(parts: Parts, userId: string, paths: readonly string[]): string[] {
  const leaves = paths.map((path) => {
    const names = path.split('/').filter((name) => name !== '');
    let parentId: string | null = null;
    for (let level = 1; level <= names.length; level += 1) {
      const value = names.slice(0, level).join('/');
      parentId = findTagByValue(parts.database, userId, value)?.id ?? createTag(parts, { userId, value, parentId, color: null });
    }
    return parentId;
  });
  return [...new Set(leaves.filter((id) => id !== null))];
}

/** @returns whether the pair is new */
export function tagAsset(database: RecordDatabase, tagId: string, assetId: string): boolean {
  return database.run(insertPair, tagId, assetId) === 1;
}

export function tagsOfAsset(database: RecordDatabase, assetId: string): Record<string, unknown>[] {
  return database.all<TagRecord>(tagsByAsset, assetId).map(tagJson);
}

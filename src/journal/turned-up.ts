/** Which lost files turned up elsewhere: SQL for the mentions of them. By their SHA-1 wherever both were read; else by what is known. */

/** Its path was seen, or read, for the last time. Other moves are said of a file that nobody looks at meanwhile. */
const lastSeenSql = `(SELECT coalesce(max(id), 0) FROM history WHERE file_id = lost.id AND to_state IN ('noticed', 'settled', 'wanted', 'hashed'))`;
const arrivedSql = `(SELECT max(id) FROM history WHERE file_id = twin.id AND (from_state IS NULL OR from_state = 'gone' OR to_state = 'noticed'))`;

/**
 * Of the same size and time, as a file is that was moved; and come after the lost one was seen last. What lay there already is another:
 * a burst of a camera has files of one size within one tick of a coarse clock.
 */
const alikeSql = `FROM file AS twin WHERE twin.source_id = lost.source_id AND twin.size = lost.size AND twin.mtime_ns = lost.mtime_ns
  AND twin.id <> lost.id AND twin.state <> 'gone' AND ${arrivedSql} > ${lastSeenSql}`;

// Three quarters of an hour and more, by the waits between them: what cannot be read for so long excuses nothing.
const triesThatExcuse = 10;

/** Its bytes are to be known soon. */
const isToBeReadSql = `lost.sha1 IS NOT NULL AND twin.sha1 IS NULL AND twin.state IN ('noticed', 'settled', 'wanted') AND twin.tries < ${triesThatExcuse}`;
// Where the lost one was not read either, nothing more will ever be known.
const isNeverKnownSql = `(lost.sha1 IS NULL OR twin.sha1 IS NULL AND twin.state NOT IN ('noticed', 'settled', 'wanted', 'blocked'))`;

/** Those told before it that look just as it does: each needs a path of its own. */
const alikeLostSql = `SELECT count(*) FROM file CROSS JOIN mention AS other -- in this order: few look alike
    ON other.file_id = file.id AND other.source_id = file.source_id AND other.kind IN ('lost', 'perhaps lost')
  WHERE file.source_id = lost.source_id AND file.size = lost.size AND file.mtime_ns = lost.mtime_ns AND file.state = 'gone' AND file.id < lost.id`;

const ofSql = `kind IN ('lost', 'perhaps lost') AND source_id = ?1`;

/**
 * All of them are found before the first is forgotten. Bytes that are proven, by a copy that may be gone by now, are not lost; nor are those
 * that their owner let go of.
 */
export const turnedUpSql = `
  DELETE FROM mention WHERE ${ofSql} AND file_id IN (
    SELECT lost.id FROM mention AS told JOIN file AS lost ON lost.id = told.file_id
    WHERE told.kind IN ('lost', 'perhaps lost') AND told.source_id = ?1 AND (
      lost.state <> 'gone'
      OR EXISTS (SELECT 1 FROM file AS twin WHERE twin.sha1 = lost.sha1 AND twin.id <> lost.id AND twin.state <> 'gone')
      OR EXISTS (
        SELECT 1 FROM source JOIN content ON content.account_id = source.account_id AND content.sha1 = lost.sha1
        WHERE source.id = lost.source_id AND (content.let_go_at IS NOT NULL OR content.proven_at IS NOT NULL AND content.missing_at IS NULL))
      OR (SELECT count(*) ${alikeSql} AND ${isNeverKnownSql}) > (${alikeLostSql})))`;

/** What waits for a path to be read is not told yet; what waits no longer is. */
export const perhapsSql = `
  UPDATE OR REPLACE mention SET kind = CASE
    WHEN EXISTS (SELECT 1 FROM file AS lost WHERE lost.id = file_id AND EXISTS (SELECT 1 ${alikeSql} AND ${isToBeReadSql}))
    THEN 'perhaps lost' ELSE 'lost' END
  WHERE ${ofSql}`;

-- A picture that was wanted and not safe yet when other bytes took its name, by writing over it, by a move over it, or because it was removed
-- and another made. Kept until it is known what those bytes are: then it is told as replaced, or forgotten because it was only edited, written
-- on, or lies elsewhere.
CREATE TABLE earlier (
  id           INTEGER PRIMARY KEY,
  file_id      INTEGER NOT NULL REFERENCES file, -- the path
  source_id    INTEGER NOT NULL REFERENCES source,
  at           INTEGER NOT NULL,       -- when it lost its name; and once it is known to what, when that was known
  seen_history INTEGER NOT NULL,       -- the newest row of `history` by then: what arrived elsewhere since may be the same picture
  kind         TEXT    NOT NULL,       -- photo, video
  role         TEXT    NOT NULL,
  size         INTEGER NOT NULL,
  mtime_ns     INTEGER NOT NULL,
  ctime_ns     INTEGER NOT NULL,
  birth_ns     INTEGER NOT NULL,
  device       INTEGER NOT NULL,
  inode        INTEGER NOT NULL,
  sha1         BLOB,                   -- NULL: it was never read
  taken_local  TEXT,
  taken_at     INTEGER,
  taken_from   TEXT,
  clock_by     TEXT,                   -- this and the three below as in `file`
  clock_else   TEXT,
  clock_unread INTEGER NOT NULL DEFAULT 0,
  clock_sent   INTEGER NOT NULL DEFAULT 0,
  camera       TEXT,
  content_mark TEXT,
  duration_ms  INTEGER,
  replaced_by  TEXT,                   -- what has its name now: `another`, or `unread`, since the rules do not want it; NULL: not known yet
  is_sought    INTEGER NOT NULL DEFAULT 0 -- 1: what may be the same picture lies elsewhere, and is to be read first
) STRICT;
CREATE INDEX earlier_file ON earlier (file_id) WHERE replaced_by IS NULL;
CREATE INDEX earlier_told ON earlier (source_id) WHERE replaced_by IS NOT NULL;

-- The journal: every file's journey, and everything Homeroll must still remember after a power cut.
-- Only the engine's transactions write states (see docs/architecture.md). Times are unix milliseconds unless named otherwise.

-- One row for every Immich user that an account ever turned out to be. The account is the user, not the name in the configuration.
CREATE TABLE account (
  id       INTEGER PRIMARY KEY,
  name     TEXT    NOT NULL,             -- as the owner calls it; the newest row of a name is the one in use
  user_id  TEXT    NOT NULL,             -- Immich's id of the user behind the key
  since    INTEGER NOT NULL,
  UNIQUE (name, user_id)
) STRICT;

-- One row for every source ever configured, by its name.
CREATE TABLE source (
  id          INTEGER PRIMARY KEY,
  name        TEXT    NOT NULL UNIQUE,
  root        BLOB    NOT NULL,          -- the folder, as bytes
  account_id  INTEGER REFERENCES account, -- the user its files go to; NULL until the key was tried
  rules       TEXT    NOT NULL DEFAULT '', -- fingerprint of the rules that the verdicts were made by
  state       TEXT    NOT NULL DEFAULT 'present', -- present, away, asking (half of it is missing), paused
  reason      TEXT,                      -- why it is not present
  stands_on   TEXT,                      -- what the root stood on when files were last seen in it, in JSON
  sweeps      INTEGER NOT NULL DEFAULT 0, -- number of the sweep that ran last
  swept_at    INTEGER,                   -- end of the last whole sweep
  backlog_at  INTEGER,                   -- end of the first whole sweep: what came before it is backlog
  run_due_at  INTEGER                    -- next start by schedule
) STRICT;

-- Folders of a source; paths are stored once.
CREATE TABLE folder (
  id         INTEGER PRIMARY KEY,
  source_id  INTEGER NOT NULL REFERENCES source,
  path       BLOB    NOT NULL,           -- relative to the root, without slashes at the ends; empty: the root itself
  sweep      INTEGER NOT NULL DEFAULT 0, -- number of the sweep that saw it last
  UNIQUE (source_id, path)
) STRICT;

-- One row for every path ever noticed. The journal is the queue: `state` says what was last true of the file,
-- `ready` and `due_at` when a step should look again.
CREATE TABLE file (
  id             INTEGER PRIMARY KEY,
  source_id      INTEGER NOT NULL REFERENCES source,
  folder_id      INTEGER NOT NULL REFERENCES folder,
  name           BLOB    NOT NULL,       -- the bytes on disk: names need not be text
  stem           BLOB    NOT NULL,       -- groups the files of one picture within the folder
  kind           TEXT    NOT NULL,       -- photo, video, sidecar, other
  role           TEXT    NOT NULL,       -- main, motion, sidecar: only main files are counted
  size           INTEGER NOT NULL,       -- bytes
  mtime_ns       INTEGER NOT NULL,
  ctime_ns       INTEGER NOT NULL,
  birth_ns       INTEGER NOT NULL,       -- 0: the filesystem does not tell
  device         INTEGER NOT NULL,
  inode          INTEGER NOT NULL,
  seen_at        INTEGER NOT NULL,       -- when size and times were last seen to differ
  state          TEXT    NOT NULL,       -- a State of domain/state.ts
  reason         TEXT,                   -- why it is not further along, in the owner's words
  sha1           BLOB,                   -- 20 bytes, of the file as `size` and times describe it
  asset_id       TEXT,                   -- Immich's id, once stored
  taken_local    TEXT,                   -- wall clock where it was taken
  taken_at       INTEGER,                -- the same as an instant
  taken_from     TEXT,                   -- a DateOrigin of domain/taken-at.ts
  camera         TEXT,
  content_mark   TEXT,                   -- ContentIdentifier that halves of a live photo share
  duration_ms    INTEGER,
  rank           INTEGER NOT NULL,       -- who goes first: fresh before backlog, then newest
  ready          INTEGER NOT NULL,       -- 1: a step may claim it now; 0: at rest, waiting for its picture, or until due_at
  due_at         INTEGER,                -- the next try; the engine sleeps until the earliest
  tries          INTEGER NOT NULL DEFAULT 0, -- since the last advance; drives the back-off
  revision       INTEGER NOT NULL DEFAULT 0, -- grows with every write: answers for an older one are thrown away
  batch_id       INTEGER REFERENCES batch,
  missing_sweep  INTEGER,                -- the sweep that did not find it; it is gone only when that sweep ends well
  UNIQUE (folder_id, name)
) STRICT;

-- The claim query reads exactly this. Partial, because most files are done and must cost nothing, and rows that wait for
-- a retry must not be stepped over. By source, so that sources that are away or paused cost nothing either.
CREATE INDEX file_ready ON file (state, source_id, rank DESC) WHERE ready = 1;
-- What the engine sleeps for.
CREATE INDEX file_due ON file (due_at) WHERE due_at IS NOT NULL;
-- The files of one picture.
CREATE INDEX file_picture ON file (folder_id, stem);
-- All paths that hold the same bytes.
CREATE INDEX file_sha1 ON file (sha1) WHERE sha1 IS NOT NULL;
-- Whether a lost file that was never read has turned up: without it each question walks through the whole source.
CREATE INDEX file_alike ON file (source_id, size, mtime_ns);
-- Finds a file that was moved.
CREATE INDEX file_inode ON file (inode, device);
-- Listings by state and the batch's question "is anything still under way?".
CREATE INDEX file_state ON file (source_id, state);
CREATE INDEX file_batch ON file (batch_id, state) WHERE batch_id IS NOT NULL;
-- What the running sweep did not find.
CREATE INDEX file_missing ON file (source_id, missing_sweep) WHERE missing_sweep IS NOT NULL;

-- How many counted files, and their bytes, stand in each state. Kept by the triggers below, so the numbers cost nothing to read.
CREATE TABLE tally (
  source_id  INTEGER NOT NULL,
  state      TEXT    NOT NULL,
  files      INTEGER NOT NULL,
  bytes      INTEGER NOT NULL,
  PRIMARY KEY (source_id, state)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER file_counted AFTER INSERT ON file WHEN new.role = 'main' BEGIN
  INSERT INTO tally VALUES (new.source_id, new.state, 1, new.size)
    ON CONFLICT DO UPDATE SET files = files + 1, bytes = bytes + new.size;
END;
CREATE TRIGGER file_recounted AFTER UPDATE OF state, role, size ON file
  WHEN old.state <> new.state OR old.role <> new.role OR old.size <> new.size BEGIN
  UPDATE tally SET files = files - 1, bytes = bytes - old.size
    WHERE old.role = 'main' AND source_id = old.source_id AND state = old.state;
  INSERT INTO tally SELECT new.source_id, new.state, 1, new.size WHERE new.role = 'main'
    ON CONFLICT DO UPDATE SET files = files + 1, bytes = bytes + new.size;
END;
CREATE TRIGGER file_uncounted AFTER DELETE ON file WHEN old.role = 'main' BEGIN
  UPDATE tally SET files = files - 1, bytes = bytes - old.size WHERE source_id = old.source_id AND state = old.state;
END;

-- Every move of every file, for `why`.
CREATE TABLE history (
  id          INTEGER PRIMARY KEY,
  file_id     INTEGER NOT NULL REFERENCES file,
  at          INTEGER NOT NULL,
  from_state  TEXT,                      -- NULL: first seen
  to_state    TEXT    NOT NULL,
  reason      TEXT
) STRICT;
CREATE INDEX history_file ON history (file_id, id);

-- What is known of one content in one account. Ten copies of a picture share one row, and so one proof.
CREATE TABLE content (
  account_id  INTEGER NOT NULL REFERENCES account,
  sha1        BLOB    NOT NULL,          -- 20 bytes
  asset_id    TEXT    NOT NULL,          -- empty: never stored by us, but met in Immich's trash, or let go before it was sent
  stored_at   INTEGER NOT NULL,          -- Immich first said that it has it, as this asset; or it was met
  proven_at   INTEGER,                   -- the original was read back and had this SHA-1
  let_go_at   INTEGER,                   -- the owner removed it in Immich, or said let go: never uploaded again
  keep_asked  INTEGER NOT NULL DEFAULT 0, -- 1: the owner says keep it: bring it back from the trash, or send it again
  PRIMARY KEY (account_id, sha1)
) STRICT, WITHOUT ROWID;

-- Albums that Homeroll looks after, by the name the owner's plan gives them. The plan's name never changes; the album's may.
CREATE TABLE album (
  id          INTEGER PRIMARY KEY,
  account_id  INTEGER NOT NULL REFERENCES account,
  name        TEXT    NOT NULL,          -- as planned
  album_id    TEXT    NOT NULL,          -- Immich's id
  made_at     INTEGER NOT NULL,
  removed_at  INTEGER,                   -- the owner deleted it: it is not made again
  UNIQUE (account_id, name)
) STRICT;

-- Each asset that was put into each album, once. What the owner takes out stays out, because the row stays.
CREATE TABLE album_member (
  album    INTEGER NOT NULL REFERENCES album,
  asset_id TEXT    NOT NULL,
  added_at INTEGER NOT NULL,
  PRIMARY KEY (album, asset_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE tag (
  id          INTEGER PRIMARY KEY,
  account_id  INTEGER NOT NULL REFERENCES account,
  value       TEXT    NOT NULL,
  tag_id      TEXT    NOT NULL,          -- Immich's id
  UNIQUE (account_id, value)
) STRICT;

-- Each asset that was given each tag, once.
CREATE TABLE tag_member (
  tag      INTEGER NOT NULL REFERENCES tag,
  asset_id TEXT    NOT NULL,
  added_at INTEGER NOT NULL,
  PRIMARY KEY (tag, asset_id)
) STRICT, WITHOUT ROWID;

-- Files of one source that arrived together: the unit in which the household is told.
CREATE TABLE batch (
  id         INTEGER PRIMARY KEY,
  source_id  INTEGER NOT NULL REFERENCES source,
  kind       TEXT    NOT NULL,           -- backlog, fresh
  opened_at  INTEGER NOT NULL,
  last_at    INTEGER NOT NULL,           -- when the newest file joined
  files      INTEGER NOT NULL DEFAULT 0, -- files that joined, counted ones and companions
  closed_at  INTEGER,                    -- no more files join
  told_at    INTEGER,                    -- the household was told the end
  progress_at INTEGER                    -- backlog only: when progress was last told
) STRICT;
CREATE INDEX batch_untold ON batch (source_id) WHERE told_at IS NULL;

-- What the household must hear of single files, gathered for a moment so that it is told in one sentence and not per file.
CREATE TABLE mention (
  file_id    INTEGER NOT NULL REFERENCES file,
  kind       TEXT    NOT NULL,           -- lost (left the disk before it was done), proof failed, let go
  source_id  INTEGER NOT NULL REFERENCES source,
  at         INTEGER NOT NULL,
  PRIMARY KEY (kind, source_id, file_id)
) STRICT, WITHOUT ROWID;

-- News on their way out. A row is written in the same transaction as what it tells, and goes out at least once with the same id and text.
CREATE TABLE outbox (
  id            TEXT    PRIMARY KEY,     -- UUID, also the receiver's means to see a repetition
  teller        TEXT    NOT NULL,        -- which way it goes: a name out of `tell:`
  kind          TEXT    NOT NULL,        -- batch safe, backlog found, backlog progress, lost before safe, proof failed, source away, …
  text          TEXT    NOT NULL,
  facts         TEXT    NOT NULL,        -- the same in JSON, for machines
  made_at       INTEGER NOT NULL,
  due_at        INTEGER,                 -- the next try; NULL: delivered or given up
  tries         INTEGER NOT NULL DEFAULT 0,
  delivered_at  INTEGER,
  problem       TEXT                     -- why the last try failed
) STRICT;
CREATE INDEX outbox_due ON outbox (due_at) WHERE due_at IS NOT NULL;

-- What people asked for. A running Homeroll takes them within a second.
CREATE TABLE orders (
  id        INTEGER PRIMARY KEY,
  at        INTEGER NOT NULL,
  kind      TEXT    NOT NULL,            -- pause, resume, retry, keep, let go, sweep
  subject   TEXT,                        -- JSON: what it is about
  taken_at  INTEGER,
  answer    TEXT
) STRICT;
CREATE INDEX orders_waiting ON orders (id) WHERE taken_at IS NULL;

-- Small facts about this Homeroll as a whole: `paused_at`, …
CREATE TABLE fact (
  name   TEXT PRIMARY KEY,
  value  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

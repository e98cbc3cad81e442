-- A file that grows after it was stored leaves its beginning in Immich, as an asset of its own. Kept until it is known what took its place,
-- and then until its owner was told.
CREATE TABLE half_file (
  id          INTEGER PRIMARY KEY,
  file_id     INTEGER NOT NULL REFERENCES file,
  source_id   INTEGER NOT NULL REFERENCES source,
  account_id  INTEGER NOT NULL REFERENCES account,
  sha1        BLOB    NOT NULL,          -- of the beginning
  asset_id    TEXT    NOT NULL,          -- of the beginning
  size        INTEGER NOT NULL,          -- of the beginning, in bytes
  at          INTEGER NOT NULL,          -- when the file was seen to have changed
  whole_sha1  BLOB,                      -- of the bytes that begin with these; NULL: not read yet
  state       TEXT    NOT NULL,          -- open, grown, removing, removed, stays
  reason      TEXT,                      -- why it stays
  is_told     INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX half_file_state ON half_file (state, is_told);
CREATE INDEX half_file_of ON half_file (file_id);

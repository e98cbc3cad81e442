/** The tables of the practice Immich. Times are unix milliseconds; ids are UUIDs as text, as clients see them. */
export const schema = `
-- Accounts. The first is the admin.
CREATE TABLE IF NOT EXISTS user (
  id         TEXT PRIMARY KEY,
  name       TEXT    NOT NULL,
  email      TEXT    NOT NULL,
  is_admin   INTEGER NOT NULL,
  color      TEXT    NOT NULL,
  quota      INTEGER,                    -- bytes; NULL: none
  created_at INTEGER NOT NULL
) STRICT;

-- Keys in clear: this is a stand-in, and it must print the same keys after a restart.
CREATE TABLE IF NOT EXISTS api_key (
  id          TEXT PRIMARY KEY,
  secret      TEXT    NOT NULL UNIQUE,
  user_id     TEXT    NOT NULL REFERENCES user,
  name        TEXT    NOT NULL,
  permissions TEXT    NOT NULL,          -- separated by spaces
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL
) STRICT;

-- A stack of assets, shown as its primary.
CREATE TABLE IF NOT EXISTS stack (
  id               TEXT PRIMARY KEY,
  owner_id         TEXT NOT NULL REFERENCES user,
  primary_asset_id TEXT NOT NULL
) STRICT;

-- One row for every asset, those in the trash included: the same bytes exist once for each owner.
CREATE TABLE IF NOT EXISTS asset (
  seq              INTEGER PRIMARY KEY,
  id               TEXT    NOT NULL UNIQUE,
  owner_id         TEXT    NOT NULL REFERENCES user,
  checksum         BLOB    NOT NULL,     -- SHA-1 of what was received, never of what lies on disk
  size             INTEGER NOT NULL,
  type             TEXT    NOT NULL,     -- IMAGE or VIDEO, by extension
  name             TEXT    NOT NULL,
  mime             TEXT    NOT NULL,     -- by name
  device_asset_id  TEXT    NOT NULL,
  device_id        TEXT    NOT NULL,
  file_created_at  INTEGER NOT NULL,     -- when the picture was taken
  file_modified_at INTEGER NOT NULL,
  local_date_time  INTEGER NOT NULL,     -- the same wall clock, as if it were UTC
  created_at       INTEGER NOT NULL,
  updated_at       INTEGER NOT NULL,
  trashed_at       INTEGER,
  is_favorite      INTEGER NOT NULL,
  visibility       TEXT    NOT NULL,
  live_video_id    TEXT,
  stack_id         TEXT REFERENCES stack ON DELETE SET NULL,
  has_thumbnail    INTEGER NOT NULL,
  has_thumbhash    INTEGER NOT NULL,
  width            INTEGER,              -- as shown, after orientation
  height           INTEGER,
  duration_ms      INTEGER,
  exif             TEXT    NOT NULL,     -- exifInfo as JSON
  UNIQUE (owner_id, checksum)
) STRICT;
CREATE INDEX IF NOT EXISTS asset_date ON asset (owner_id, file_created_at DESC);
CREATE INDEX IF NOT EXISTS asset_live ON asset (live_video_id) WHERE live_video_id IS NOT NULL;

-- What clients keep beside an asset under keys of their own.
CREATE TABLE IF NOT EXISTS asset_metadata (
  asset_id   TEXT    NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
  key        TEXT    NOT NULL,
  value      TEXT    NOT NULL,           -- JSON
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (asset_id, key)
) STRICT;

CREATE TABLE IF NOT EXISTS album (
  seq         INTEGER PRIMARY KEY,
  id          TEXT    NOT NULL UNIQUE,
  owner_id    TEXT    NOT NULL REFERENCES user,
  name        TEXT    NOT NULL,
  description TEXT    NOT NULL,
  cover_id    TEXT REFERENCES asset (id) ON DELETE SET NULL,
  sort        TEXT    NOT NULL DEFAULT 'desc',
  activity    INTEGER NOT NULL DEFAULT 1,
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS album_asset (
  album_id TEXT NOT NULL REFERENCES album (id) ON DELETE CASCADE,
  asset_id TEXT NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
  PRIMARY KEY (album_id, asset_id)
) STRICT;
CREATE INDEX IF NOT EXISTS album_of_asset ON album_asset (asset_id);

-- With whom an album is shared; the owner has no row.
CREATE TABLE IF NOT EXISTS album_user (
  album_id TEXT NOT NULL REFERENCES album (id) ON DELETE CASCADE,
  user_id  TEXT NOT NULL REFERENCES user,
  role     TEXT NOT NULL,
  PRIMARY KEY (album_id, user_id)
) STRICT;

-- Tags by their whole path; deleting a tag deletes its children.
CREATE TABLE IF NOT EXISTS tag (
  id         TEXT PRIMARY KEY,
  user_id    TEXT    NOT NULL REFERENCES user,
  parent_id  TEXT REFERENCES tag ON DELETE CASCADE,
  value      TEXT    NOT NULL,
  color      TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (user_id, value)
) STRICT;

CREATE TABLE IF NOT EXISTS tag_asset (
  tag_id   TEXT NOT NULL REFERENCES tag ON DELETE CASCADE,
  asset_id TEXT NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
  PRIMARY KEY (tag_id, asset_id)
) STRICT;
CREATE INDEX IF NOT EXISTS tag_of_asset ON tag_asset (asset_id);

-- Links that lead to single assets.
CREATE TABLE IF NOT EXISTS shared_link (
  id           TEXT PRIMARY KEY,
  owner_id     TEXT    NOT NULL REFERENCES user,
  key          TEXT    NOT NULL,
  created_at   INTEGER NOT NULL,
  allow_upload INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS shared_link_asset (
  link_id  TEXT NOT NULL REFERENCES shared_link ON DELETE CASCADE,
  asset_id TEXT NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
  PRIMARY KEY (link_id, asset_id)
) STRICT;
`;

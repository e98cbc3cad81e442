-- Entries of calendars name albums. What Home Assistant said of them is kept, so that a Home Assistant that is away, a restart, or
-- pictures that come weeks later change nothing.

-- One row for every entry ever seen around a picture; of a series each time that it takes place is one.
CREATE TABLE calendar_entry (
  id          INTEGER PRIMARY KEY,
  calendar    TEXT    NOT NULL,          -- as Home Assistant calls it: calendar.family
  uid         TEXT    NOT NULL,          -- the calendar's own name for it; empty: it tells none
  occurrence  TEXT    NOT NULL,          -- which one of its series; where there is no uid its begin and title as first seen
  key         TEXT    NOT NULL UNIQUE,   -- by which its album is planned: never changes
  title       TEXT    NOT NULL,
  all_day     INTEGER NOT NULL,          -- 1: `from_at` and `until_at` are midnights of UTC and stand for days, wherever the picture was taken
  from_at     INTEGER NOT NULL,
  until_at    INTEGER NOT NULL,          -- not in it
  revision    INTEGER NOT NULL DEFAULT 0, -- grows with every new title and time
  gone_at     INTEGER,                   -- it was not in the calendar any more
  UNIQUE (calendar, uid, occurrence)
) STRICT;
CREATE INDEX calendar_entry_from ON calendar_entry (calendar, from_at);

-- Times at which entries came, changed or went: what was taken then is to be looked at once more.
CREATE TABLE calendar_news (
  id        INTEGER PRIMARY KEY,
  calendar  TEXT    NOT NULL,
  from_at   INTEGER NOT NULL,
  until_at  INTEGER NOT NULL,
  UNIQUE (calendar, from_at, until_at)
) STRICT;

-- The months, of UTC, in which pictures were taken for which a calendar was to be asked.
CREATE TABLE calendar_month (
  calendar  TEXT    NOT NULL,
  month     TEXT    NOT NULL,            -- 2026-06
  asked_at  INTEGER,                     -- when Home Assistant answered last; NULL: it never did
  due_at    INTEGER NOT NULL,            -- when it is to be asked next
  PRIMARY KEY (calendar, month)
) STRICT, WITHOUT ROWID;

-- The pictures that a calendar may name an album for, by when they were taken.
CREATE TABLE calendar_picture (
  calendar  TEXT    NOT NULL,
  file_id   INTEGER NOT NULL REFERENCES file,
  taken_at  INTEGER NOT NULL,
  PRIMARY KEY (file_id, calendar)
) STRICT, WITHOUT ROWID;
CREATE INDEX calendar_picture_taken ON calendar_picture (calendar, taken_at);

-- The album of an entry is planned by the entry's key, in `name`, and called otherwise.
ALTER TABLE album ADD COLUMN title TEXT;  -- the name that it was last given; NULL: planned by its name
ALTER TABLE album ADD COLUMN entry_revision INTEGER; -- of its entry, which that name tells; NULL: it is called as its owner likes

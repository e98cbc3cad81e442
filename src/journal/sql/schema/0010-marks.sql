-- Marks in folders that say what is left alone there: Android's `.nomedia`, and the owner's `.homerollignore`. One that would leave alone what
-- was wanted until now counts only after its owner's yes; until then, and after a no, what counted before goes on to count.
CREATE TABLE mark (
  source_id  INTEGER NOT NULL REFERENCES source,
  folder     BLOB    NOT NULL,           -- where it lies, relative to the root
  kind       TEXT    NOT NULL,           -- nomedia, patterns
  counts     TEXT,                       -- the content that counts, one character for each byte; NULL: none does
  offered    TEXT,                       -- the content that lies there and does not count; NULL: none
  asked_at   INTEGER,                    -- of the offered one: its owner was asked then, and has not answered; NULL: they said no
  question   TEXT,                       -- what they were asked
  stat       TEXT,                       -- size and time of the file as it was last read; NULL: it could not be
  problem    TEXT,                       -- why it could not be read, for the owner
  PRIMARY KEY (source_id, folder, kind)
) STRICT, WITHOUT ROWID;

-- Earlier versions took any short film for the half of a photo of its name, and hid it in Immich. What is found of that is shown again.

-- One row for each film that is, or was, hidden behind a photo that only shares its name.
CREATE TABLE stranger (
  account_id  INTEGER NOT NULL REFERENCES account,
  sha1        BLOB    NOT NULL,          -- of the film
  still_id    TEXT    NOT NULL,          -- Immich's id of the photo that shows it
  file_id     INTEGER NOT NULL REFERENCES file, -- a file of the film, for its name
  source_id   INTEGER NOT NULL REFERENCES source,
  state       TEXT    NOT NULL,          -- found, asked (the owner was), parting (to be shown again), shown, left
  reason      TEXT,                      -- why it is left as it is
  PRIMARY KEY (account_id, sha1)
) STRICT, WITHOUT ROWID;
CREATE INDEX stranger_state ON stranger (source_id, state);

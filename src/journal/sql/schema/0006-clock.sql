-- A camera's clock that is wrong is set right, and people are told by what.

ALTER TABLE file ADD COLUMN clock_by TEXT;   -- what set the clock right; NULL: nothing did
ALTER TABLE file ADD COLUMN clock_else TEXT; -- the wall clock that Immich shows of itself, where that is another
ALTER TABLE file ADD COLUMN clock_unread INTEGER NOT NULL DEFAULT 0; -- the file has parts that could not be read, and may tell another date
ALTER TABLE file ADD COLUMN clock_sent INTEGER NOT NULL DEFAULT 0; -- a sidecar tells Immich the right one

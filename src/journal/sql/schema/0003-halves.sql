-- A live photo's video is sent hidden. Who shows it is remembered, so that none stays hidden for a still that will not come.

ALTER TABLE content ADD COLUMN shown_by TEXT; -- of such a video: the still that shows it; empty: none so far; NULL: it is seen by itself

-- What shows them is asked of Immich the next time that something happens to their pictures.
UPDATE content SET shown_by = '' WHERE sha1 IN (SELECT sha1 FROM file WHERE role = 'motion' AND sha1 IS NOT NULL);

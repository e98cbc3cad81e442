-- A live photo's video is sent hidden. Who shows it is remembered, so that none stays hidden for a still that will not come.

ALTER TABLE content ADD COLUMN shown_by TEXT; -- of such a video: the still that shows it; empty: none so far; NULL: it is seen by itself

-- The few that wait for their still.
CREATE INDEX content_hidden ON content (account_id, sha1) WHERE shown_by = '';

-- What is looked at again after it was done is a content, not a file: ten copies share one read-back, and a content whose files are gone
-- from disk is looked at too, since Immich then holds the only copy.

ALTER TABLE content ADD COLUMN source_id INTEGER REFERENCES source; -- where it came from: whose `proof:` says whether it is read again
ALTER TABLE content ADD COLUMN broken_at INTEGER;  -- Immich gave back other bytes, or none; NULL: well, as far as is known
ALTER TABLE content ADD COLUMN missing_at INTEGER; -- Immich has it no longer, and nothing was decided yet; NULL: it is there
ALTER TABLE content ADD COLUMN asked_at INTEGER;   -- it went missing with many others: the owner was asked
ALTER TABLE content ADD COLUMN video_id TEXT;      -- the video that a damaged still showed, for the still that is sent in its place

UPDATE content SET source_id = (
  SELECT file.source_id FROM file JOIN source ON source.id = file.source_id
  WHERE file.sha1 = content.sha1 AND source.account_id = content.account_id LIMIT 1);

-- The oldest proof of a source.
CREATE INDEX content_proof ON content (source_id, proven_at);
-- In this order they are read: what was never proven first, then the oldest proof.
CREATE INDEX content_oldest ON content (account_id, coalesce(proven_at, 0), sha1);
-- The few that somebody must decide about.
CREATE INDEX content_damaged ON content (source_id) WHERE broken_at IS NOT NULL;
CREATE INDEX content_missing ON content (source_id, sha1) WHERE missing_at IS NOT NULL;

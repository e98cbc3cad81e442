-- A sidecar or a half may come from a Mac, which spells names otherwise than the machine its picture came from.
-- `in_one_spelling` is ours: NFC, Latin letters in lower case.

UPDATE file SET stem = in_one_spelling(stem) WHERE length(CAST(stem AS TEXT)) <> length(stem);

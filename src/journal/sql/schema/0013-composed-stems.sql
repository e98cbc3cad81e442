-- A sidecar or a half may come from a Mac, which spells names otherwise than the machine its picture came from. `composed` is ours: NFC.

UPDATE file SET stem = composed(stem) WHERE length(CAST(stem AS TEXT)) <> length(stem);

-- Halves of one live photo may differ in the case of their names, and icloudpd adds a word to the film's: `IMG_1.HEIC`, `img_1_HEVC.MOV`.
-- Only the bytes of Latin letters change; what is no text stays as it is.

UPDATE file SET stem = CAST(lower(CAST(stem AS TEXT)) AS BLOB) WHERE stem <> CAST(lower(CAST(stem AS TEXT)) AS BLOB);
UPDATE file SET stem = substr(stem, 1, length(stem) - 5)
  WHERE kind <> 'other' AND length(stem) > 5 AND substr(stem, -5) = CAST('_hevc' AS BLOB);

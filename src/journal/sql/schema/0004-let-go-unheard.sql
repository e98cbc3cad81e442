-- What was taken out of Immich is told once: by the first file there is to tell it of.

ALTER TABLE content ADD COLUMN unheard INTEGER NOT NULL DEFAULT 0; -- let go by the owner's hand in Immich, and nobody was told so far

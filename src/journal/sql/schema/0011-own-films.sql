-- A still may carry a film in its own file. Immich takes that out, and deletes any other film that is linked to the still.
ALTER TABLE file ADD COLUMN film_mark TEXT;    -- of a still: the film that it carries; of a short film: itself; NULL: none, or judged before
ALTER TABLE earlier ADD COLUMN film_mark TEXT;

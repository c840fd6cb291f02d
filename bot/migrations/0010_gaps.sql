-- Questions without an answer: without names and numbers, and of the chat only a keyed hash, to count how many different ones
-- asked; both go when the retention is over. dedupe: the same chat with the same words counts once.
-- state: 'open', 'done' (editors made something of it), 'ignored'.
CREATE TABLE gaps (
  id       INTEGER PRIMARY KEY,
  at       INTEGER NOT NULL,
  why      TEXT NOT NULL,
  entry    TEXT NOT NULL,
  wording  BLOB NOT NULL,
  asker    TEXT NOT NULL,
  dedupe   TEXT NOT NULL UNIQUE,
  state    TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'ignored'))
);
CREATE INDEX gaps_of_asker ON gaps (asker);
CREATE INDEX gaps_by_age ON gaps (at);

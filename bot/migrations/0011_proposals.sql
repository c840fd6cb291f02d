-- What Lotsen propose for the FAQ: question and answer without names and numbers, sealed; no case and no chat.
-- entry: the entry it is proposed for as a phrasing, empty: as an entry of its own.
CREATE TABLE proposals (
  id         INTEGER PRIMARY KEY,
  at         INTEGER NOT NULL,
  lotse      TEXT NOT NULL,
  entry      TEXT NOT NULL,
  words      BLOB NOT NULL,
  dedupe     TEXT NOT NULL UNIQUE,
  state      TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'declined')),
  decided_at INTEGER
);
CREATE INDEX proposals_open ON proposals (state, id);

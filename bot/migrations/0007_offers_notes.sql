-- A case that its Lotse offers to somebody else: to whom, since when, until when, and which message says so. It stays
-- with its Lotse until it is accepted.
ALTER TABLE cases ADD COLUMN offered_to TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN offered_at INTEGER;
ALTER TABLE cases ADD COLUMN offer_due_at INTEGER;
ALTER TABLE cases ADD COLUMN offer_message INTEGER;
CREATE INDEX cases_offered ON cases (offered_to, offer_due_at) WHERE offered_to <> '';

-- What Lotsen write down about a case for themselves and whoever has it after them. text is sealed. (chat_id, message_id)
-- is the message it was written in, so that a change of it changes the note.
CREATE TABLE notes (
  id          INTEGER PRIMARY KEY,
  case_id     INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
  chat_id     INTEGER NOT NULL,
  message_id  INTEGER NOT NULL,
  lotse       TEXT NOT NULL,
  text        BLOB NOT NULL,
  at          INTEGER NOT NULL,
  UNIQUE (chat_id, message_id)
);
CREATE INDEX notes_of_case ON notes (case_id, id);

-- What employers asked to be told about, each of it opt-in. question and entry are sealed; mark is a keyed hash.
-- A question that had no answer.
CREATE TABLE later_questions (
  id        INTEGER PRIMARY KEY,
  chat_id   INTEGER NOT NULL,
  question  BLOB NOT NULL,
  at        INTEGER NOT NULL
);
CREATE INDEX later_questions_of ON later_questions (chat_id);
-- Who wants to know when an answer was corrected, and which answers they got since they said so.
CREATE TABLE correction_wishes (
  chat_id   INTEGER PRIMARY KEY,
  at        INTEGER NOT NULL
);
CREATE TABLE answers_got (
  mark      TEXT PRIMARY KEY,
  chat_id   INTEGER NOT NULL,
  entry     BLOB NOT NULL,
  at        INTEGER NOT NULL
);
CREATE INDEX answers_got_by ON answers_got (chat_id);
-- Editions of the knowledge for which admins were told how many people wait for it.
CREATE TABLE promises_looked (
  edition   TEXT PRIMARY KEY,
  at        INTEGER NOT NULL
);

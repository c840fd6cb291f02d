-- Times are integers: milliseconds since 1970 UTC. Columns commented "sealed" hold encrypted text about people.

-- What became of each update of Telegram. Telegram itself is the inbox; a row with its content (raw, sealed) exists
-- only while an update is parked (slow) or was set aside (failed three times).
CREATE TABLE updates (
  update_id   INTEGER PRIMARY KEY,
  chat_id     INTEGER NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('done', 'parked', 'aside')),
  raw         BLOB,
  tries       INTEGER NOT NULL DEFAULT 0,
  lease_until INTEGER NOT NULL DEFAULT 0,
  at          INTEGER NOT NULL
);
CREATE INDEX updates_by_state ON updates (state, update_id);

-- What the bot remembers of a chat between two messages. talk and profile are sealed.
CREATE TABLE chats (
  chat_id     INTEGER PRIMARY KEY,
  talk        BLOB,
  talk_at     INTEGER,
  profile     BLOB,
  first_seen  INTEGER NOT NULL,
  blocked_at  INTEGER
);

-- A dialogue that waits for the next message of a chat (region asked, text of an answer, …). data is sealed.
CREATE TABLE dialogs (
  chat_id     INTEGER PRIMARY KEY,
  kind        TEXT NOT NULL,
  data        BLOB NOT NULL,
  at          INTEGER NOT NULL
);

-- Which Telegram chat a Lotse of the directory answers from.
CREATE TABLE links (
  lotse       TEXT PRIMARY KEY,
  chat_id     INTEGER NOT NULL UNIQUE,
  linked_at   INTEGER NOT NULL,
  blocked_at  INTEGER
);

-- One-time links for Lotsen. Only a hash of the token is kept; pressed_name is sealed.
CREATE TABLE invites (
  id           INTEGER PRIMARY KEY,
  token_hash   BLOB NOT NULL UNIQUE,
  lotse        TEXT NOT NULL,
  admin_chat   INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('sent', 'pressed', 'confirmed', 'rejected')),
  pressed_chat INTEGER,
  pressed_name BLOB
);

-- One handoff. question and context are sealed. (card_chat, card_message) is the Lotse's card, edited in place.
CREATE TABLE cases (
  id            INTEGER PRIMARY KEY,
  number        TEXT NOT NULL UNIQUE,
  employer_chat INTEGER NOT NULL,
  lotse         TEXT NOT NULL,
  land          TEXT NOT NULL,
  kreis         TEXT NOT NULL,
  place         TEXT NOT NULL,
  branch        TEXT NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ('open', 'taken', 'answered', 'closed')),
  closed_by     TEXT,
  question      BLOB NOT NULL,
  context       BLOB NOT NULL,
  source_update INTEGER NOT NULL UNIQUE,
  opened_at     INTEGER NOT NULL,
  taken_at      INTEGER,
  answered_at   INTEGER,
  closed_at     INTEGER,
  card_chat     INTEGER,
  card_message  INTEGER
);
CREATE INDEX cases_of_employer ON cases (employer_chat, state);
CREATE INDEX cases_of_lotse ON cases (lotse, state);

-- Which case a message in some chat belongs to, for replies.
CREATE TABLE case_messages (
  chat_id     INTEGER NOT NULL,
  message_id  INTEGER NOT NULL,
  case_id     INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
  PRIMARY KEY (chat_id, message_id)
);

-- Everything said to someone else, written in the transaction that caused it. payload is sealed.
-- dedupe names the cause ("u123:card"): a repeated update finds its row and adds none.
CREATE TABLE outbox (
  id          INTEGER PRIMARY KEY,
  chat_id     INTEGER NOT NULL,
  case_id     INTEGER REFERENCES cases (id) ON DELETE CASCADE,
  kind        TEXT NOT NULL,
  payload     BLOB NOT NULL,
  dedupe      TEXT NOT NULL UNIQUE,
  state       TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'undeliverable')),
  due_at      INTEGER NOT NULL,
  attempts    INTEGER NOT NULL DEFAULT 0,
  created_at  INTEGER NOT NULL,
  done_at     INTEGER,
  message_id  INTEGER,
  error       TEXT
);
CREATE INDEX outbox_waiting ON outbox (state, chat_id, id);

-- What users tell us without words: helped, did not help, none of these. No chat id.
CREATE TABLE signals (
  id          INTEGER PRIMARY KEY,
  at          INTEGER NOT NULL,
  kind        TEXT NOT NULL,
  entry       TEXT NOT NULL,
  dedupe      TEXT NOT NULL UNIQUE
);

-- Which message of one person became which message of the other: for quotes, edits that are carried over, taking back.
-- part counts the messages one message became (long words, a heading above a copy). file: Telegram's name of the content.
CREATE TABLE carried (
  to_chat      INTEGER NOT NULL,
  to_message   INTEGER NOT NULL,
  from_chat    INTEGER NOT NULL,
  from_message INTEGER NOT NULL,
  part         INTEGER NOT NULL,
  file         TEXT NOT NULL DEFAULT '',
  at           INTEGER NOT NULL,
  case_id      INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
  PRIMARY KEY (to_chat, to_message)
);
CREATE INDEX carried_from ON carried (from_chat, from_message);

-- album: messages that belong together and go out in one call. source_*: what a waiting row was made from.
ALTER TABLE outbox ADD COLUMN album TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN source_chat INTEGER;
ALTER TABLE outbox ADD COLUMN source_message INTEGER;
CREATE INDEX outbox_albums ON outbox (album) WHERE album <> '';
CREATE INDEX outbox_sources ON outbox (source_chat, source_message) WHERE source_chat IS NOT NULL;

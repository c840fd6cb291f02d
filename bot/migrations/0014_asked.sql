-- Words of a person that wait for that person's answer to a question of ours: to which case, with these data? Each waits
-- under the message that asks, so newer words never take its place and no button acts on others. data is sealed.
CREATE TABLE asked (
  chat_id     INTEGER NOT NULL,
  message_id  INTEGER NOT NULL,
  kind        TEXT NOT NULL,
  data        BLOB NOT NULL,
  at          INTEGER NOT NULL,
  PRIMARY KEY (chat_id, message_id)
);
CREATE INDEX asked_at ON asked (at);

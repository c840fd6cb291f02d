-- What admins are told of: each kind at most once in a while, what happened meanwhile counted. refs: numbers of updates.
CREATE TABLE alarms (
  kind     TEXT PRIMARY KEY,
  waiting  INTEGER NOT NULL DEFAULT 0,
  refs     TEXT NOT NULL DEFAULT '',
  told_at  INTEGER NOT NULL DEFAULT 0
);

-- When something that comes back (the weekly digest) is due next.
CREATE TABLE schedule (
  what    TEXT PRIMARY KEY,
  due_at  INTEGER NOT NULL
);

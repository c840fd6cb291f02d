-- When a Lotse is away, and who stands in. The row ends with the absence. deputy: whom the Lotse chose (empty: nobody
-- could be reached); acting: who stands in, as everybody concerned was told last. due_at: when the step after stage is due.
CREATE TABLE absences (
  lotse      TEXT PRIMARY KEY,
  chat_id    INTEGER NOT NULL,
  starts_at  INTEGER NOT NULL,
  ends_at    INTEGER NOT NULL,
  deputy     TEXT NOT NULL,
  acting     TEXT NOT NULL,
  stage      TEXT NOT NULL CHECK (stage IN ('planned', 'announced', 'away', 'ending')),
  due_at     INTEGER NOT NULL
);
CREATE INDEX absences_due ON absences (due_at);

-- For whom a case is answered in his or her absence, and since when.
ALTER TABLE cases ADD COLUMN instead_of TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN instead_at INTEGER;

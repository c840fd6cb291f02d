-- The ladder of a case that nobody takes: who was asked first, when the next step is due, whether the first was reminded.
ALTER TABLE cases ADD COLUMN first_lotse TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN reminded INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN due_at INTEGER;
CREATE INDEX cases_due ON cases (state, due_at);

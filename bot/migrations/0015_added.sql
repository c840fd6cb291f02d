-- What the employer added while nobody had the case, as [message, text] pairs in JSON (sealed): a text that is edited or taken
-- back changes on the card. Before, it was part of question.
ALTER TABLE cases ADD COLUMN added BLOB;

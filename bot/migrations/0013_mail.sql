-- A case that went to its Lotse by mail: where the employer wants the answer (sealed), when the mail server took it.
ALTER TABLE cases ADD COLUMN contact BLOB;
ALTER TABLE cases ADD COLUMN mailed_at INTEGER;

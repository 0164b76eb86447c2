-- The end of the newest good backup of a module under a plan, or the newest snapshot that a later check of its
-- repository found (model/run_memory.h). NULL: it has no data, or none is known. What a check has contradicted is not
-- repeated here: the next one will say it.
ALTER TABLE module_memory ADD COLUMN newest_data INTEGER;
UPDATE module_memory SET newest_data =
  (SELECT max(ended) FROM record WHERE record.plan = module_memory.plan
   AND record.module = module_memory.module AND errors = 0
   AND NOT (coalesce(snapshot_count, 1) = 0 AND coalesce(restore_bytes, 1) = 0));

-- How old a module's newest data might be when the run closed, in seconds. NULL: not known, or the run closed before
-- this step.
ALTER TABLE run_module ADD COLUMN target INTEGER;
-- 1: reports had said by then that it was older.
ALTER TABLE run_module ADD COLUMN was_over INTEGER NOT NULL DEFAULT 0;

-- What reports have said of modules; those of which they have said nothing are missing.
CREATE TABLE module_watch (
  module               TEXT PRIMARY KEY,
  over                 INTEGER,           -- the newest data of which they have said that it is too old
  uuid                 TEXT NOT NULL,     -- '' where it is not known
  unprotected_since    INTEGER,           -- when a look first found it in no enabled plan; NULL: it is in one
  unprotected_reported INTEGER NOT NULL   -- 1: a message of its own has said so
) STRICT, WITHOUT ROWID;

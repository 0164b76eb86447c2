-- When a record was in Redis at the latest: after its end NS8 cleans up the repository. NULL: not known.
ALTER TABLE record ADD COLUMN stored_by INTEGER;

-- How long a module's last good backup took, in seconds. 0: none is known.
ALTER TABLE module_memory ADD COLUMN good_duration INTEGER NOT NULL DEFAULT 0;
UPDATE module_memory SET good_duration = coalesce(
  (SELECT ended - started FROM record WHERE record.plan = module_memory.plan
   AND record.module = module_memory.module AND errors = 0 ORDER BY ended DESC LIMIT 1), 0);

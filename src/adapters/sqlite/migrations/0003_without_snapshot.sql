-- NS8 said success, and the repository held no snapshot of it (model/checked_backup.h), as judged when the run
-- closed. Runs from before this step count as if nobody had looked.
ALTER TABLE run ADD COLUMN without_snapshot INTEGER NOT NULL DEFAULT 0;  -- how many of `succeeded`
ALTER TABLE run_module ADD COLUMN without_snapshot INTEGER NOT NULL DEFAULT 0;

-- People have been sent a notice that the run takes longer than usual.
ALTER TABLE run ADD COLUMN late_notice_given INTEGER NOT NULL DEFAULT 0;

-- The longest of a module's last good backups, in seconds. 0: none is known.
ALTER TABLE module_memory ADD COLUMN longest_duration INTEGER NOT NULL DEFAULT 0;
UPDATE module_memory SET longest_duration = coalesce(
  (SELECT max(ended - started) FROM record WHERE record.plan = module_memory.plan
   AND record.module = module_memory.module AND errors = 0), 0);

-- The alert that a run has to answer was silenced when it was read (CausingAlert::silenced).
ALTER TABLE run ADD COLUMN alert_silenced INTEGER NOT NULL DEFAULT 0;

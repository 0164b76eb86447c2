-- What a look into the repository of a record's module has told of it, once and for ever. All of it NULL:
-- nobody has looked.
ALTER TABLE record ADD COLUMN probed_at INTEGER;
ALTER TABLE record ADD COLUMN newest_at INTEGER;      -- the newest snapshot; NULL: there is none, or not known
ALTER TABLE record ADD COLUMN newest_id TEXT;
ALTER TABLE record ADD COLUMN newest_bytes INTEGER;
ALTER TABLE record ADD COLUMN of_run_at INTEGER;      -- the snapshot made between start_at and end_at
ALTER TABLE record ADD COLUMN of_run_id TEXT;
ALTER TABLE record ADD COLUMN of_run_bytes INTEGER;
ALTER TABLE record ADD COLUMN probe_cause TEXT;       -- locked, timeout, ...; NULL: the repository was read
ALTER TABLE record ADD COLUMN probe_words TEXT;       -- restic's own
CREATE INDEX record_probed ON record (plan, module, probed_at) WHERE probed_at IS NOT NULL;

-- Reports that wait for such looks. Their runs are marked as announced, and not yet judged.
CREATE TABLE held_report (
  id    INTEGER PRIMARY KEY,
  kind  TEXT NOT NULL,       -- final, update
  since INTEGER NOT NULL,
  alert TEXT                 -- JSON as in the inbox
) STRICT;

CREATE TABLE held_report_run (
  held     INTEGER NOT NULL REFERENCES held_report (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  run      INTEGER NOT NULL,
  PRIMARY KEY (held, position)
) STRICT, WITHOUT ROWID;

-- When a message was last asked to be sent again: its 3 days count from then on.
ALTER TABLE delivery ADD COLUMN again_at INTEGER;

-- What the schedule says of a run: the due moment that it answers, those that were missed before it, and those that
-- found it still going on. NULL: none.
ALTER TABLE run ADD COLUMN due_at INTEGER;
ALTER TABLE run ADD COLUMN missed INTEGER;
ALTER TABLE run ADD COLUMN missed_first INTEGER;
ALTER TABLE run ADD COLUMN missed_last INTEGER;
ALTER TABLE run ADD COLUMN overlapped INTEGER;
ALTER TABLE run ADD COLUMN overlapped_first INTEGER;
ALTER TABLE run ADD COLUMN overlapped_last INTEGER;
-- Due moments within the gap of which nothing can be known.
ALTER TABLE run ADD COLUMN gap_unknown_due INTEGER NOT NULL DEFAULT 0;

-- When each node was to begin a run, and until when something of it was waited for.
CREATE TABLE run_due (
  run       INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  node      INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  answer_by INTEGER NOT NULL,
  PRIMARY KEY (run, node)
) STRICT, WITHOUT ROWID;

-- Plans that are enabled and have a schedule: which of their due moments count.
CREATE TABLE plan_watch (
  plan            TEXT PRIMARY KEY,
  schedule        TEXT NOT NULL,
  since           INTEGER NOT NULL,   -- those after it
  settled         INTEGER NOT NULL,   -- those up to it are answered, reported or count for nothing
  missed          INTEGER,            -- and in no report yet
  missed_first    INTEGER,
  missed_last     INTEGER,
  missed_reported INTEGER,            -- when a report last said that one was missed
  overlap_noted   INTEGER,            -- when a run was last marked as overlapping the next
  never_due_reported INTEGER NOT NULL -- 1: a report has said that the plan never runs by itself
) STRICT, WITHOUT ROWID;

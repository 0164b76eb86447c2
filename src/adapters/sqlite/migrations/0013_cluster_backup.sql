-- What is known of the cluster's own backup at each destination (model/cluster_backup.h).
CREATE TABLE cluster_upload (
  destination TEXT PRIMARY KEY,   -- its id
  uploaded_at INTEGER,            -- the newest upload, by the leader's clock; NULL: none is known
  failed_at   INTEGER,            -- a try after it that failed; NULL: none
  words       TEXT NOT NULL       -- why that failed
) STRICT, WITHOUT ROWID;
-- The leader's log was read up to then without trouble; NULL: never.
ALTER TABLE state ADD COLUMN uploads_known_to INTEGER;

-- Likewise at the destination of a run, when that had closed. Missing where the log is not read.
CREATE TABLE run_cluster_backup (
  run         INTEGER PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE,
  uploaded_at INTEGER,
  failed_at   INTEGER,
  words       TEXT NOT NULL,
  read_at     INTEGER,            -- when the last reading began; NULL: there was none
  trouble     TEXT,               -- why it had no answer; NULL: it had
  target      INTEGER             -- seconds: how old it may be; NULL: not known
) STRICT;

-- What the cluster's log said of a run's nodes when it was last read (model/node_log.h).
CREATE TABLE run_log (
  run          INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  node         INTEGER NOT NULL,
  read_at      INTEGER NOT NULL,
  trouble      TEXT,              -- why it could not be read; NULL: it was
  complete     INTEGER NOT NULL,  -- 0: there was more than is read
  newest_entry INTEGER,           -- of the node, of whatever unit
  pass         TEXT,              -- JSON: the execution that was its share; NULL: none is known to be
  PRIMARY KEY (run, node)
) STRICT, WITHOUT ROWID;

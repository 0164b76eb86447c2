-- Whether a run's nodes could be reached around it (model/node_presence.h).
CREATE TABLE run_presence (
  run     INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  node    INTEGER NOT NULL,
  read_at INTEGER NOT NULL,
  trouble TEXT,     -- why nothing is known; NULL: it is
  booted  INTEGER,  -- its newest start in that time, by its own clock
  PRIMARY KEY (run, node)
) STRICT, WITHOUT ROWID;

-- When it could not.
CREATE TABLE run_absence (
  run      INTEGER NOT NULL,
  node     INTEGER NOT NULL,
  position INTEGER NOT NULL,  -- oldest first
  began    INTEGER,           -- NULL: before what is known
  ended    INTEGER,           -- NULL: not when it was read
  PRIMARY KEY (run, node, position),
  FOREIGN KEY (run, node) REFERENCES run_presence (run, node) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

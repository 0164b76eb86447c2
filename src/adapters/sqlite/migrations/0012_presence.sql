-- Whether a run's nodes could be reached around it (model/node_presence.h).
CREATE TABLE run_presence (
  run          INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  node         INTEGER NOT NULL,
  read_at      INTEGER NOT NULL,
  trouble      TEXT,              -- why the last question had no answer; NULL: it had
  known_from   INTEGER,           -- nothing is known of the time before; NULL: nothing at all
  booted       INTEGER,           -- its newest start in that time, by its own clock
  ended_backup INTEGER NOT NULL,  -- 1: what run-backup did there ended with it
  PRIMARY KEY (run, node)
) STRICT, WITHOUT ROWID;

-- When it could not.
CREATE TABLE run_absence (
  run      INTEGER NOT NULL,
  node     INTEGER NOT NULL,
  position INTEGER NOT NULL,  -- oldest first
  began    INTEGER,           -- NULL: not known
  ended    INTEGER,           -- NULL: not when it was read
  PRIMARY KEY (run, node, position),
  FOREIGN KEY (run, node) REFERENCES run_presence (run, node) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Times are Unix seconds, sizes bytes. Words are those of the HTTP API where it shows them:
-- verdict 'saved_with_errors', outcome 'REPO_FAILURE'. Text is what others gave us, byte for byte.

-- Accepted triggers that nobody has dealt with yet. An id is never given twice: messages name the
-- request that they answer.
CREATE TABLE inbox (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  received_at INTEGER NOT NULL,
  kind        TEXT NOT NULL,     -- alert, event, test_mail, report
  body        TEXT NOT NULL      -- JSON object with what that kind has
) STRICT;

-- What the state machine remembers that has no table of its own: one row.
CREATE TABLE state (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  newest_run INTEGER NOT NULL,   -- the largest id ever given, also when that run is forgotten
  last_look  INTEGER             -- the last complete look at the cluster
) STRICT;
INSERT INTO state (id, newest_run, last_look) VALUES (1, 0, NULL);

-- Every plan ever seen, with its last name.
CREATE TABLE plan (
  id   TEXT PRIMARY KEY,
  name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The modules of the last complete look.
CREATE TABLE known_module (
  id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Status records as NS8 stored them (start_at, end_at) and as we reckon with them (started, ended).
CREATE TABLE record (
  plan           TEXT NOT NULL,
  module         TEXT NOT NULL,
  start_at       INTEGER NOT NULL,
  end_at         INTEGER NOT NULL,
  node           INTEGER,
  errors         INTEGER NOT NULL,
  restore_bytes  INTEGER,
  file_count     INTEGER,
  snapshot_count INTEGER,
  error_text     TEXT NOT NULL,
  seen_at        INTEGER NOT NULL,
  started        INTEGER NOT NULL,
  ended          INTEGER NOT NULL,
  run            INTEGER,            -- NULL: history. The run may be forgotten while this is still in Redis.
  newest         INTEGER NOT NULL,   -- 1 for the one of this plan and module that was seen last: NS8
                                     -- keeps it in Redis until it writes the next
  PRIMARY KEY (plan, module, start_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_ended ON record (ended);
CREATE INDEX record_started ON record (plan, module, started, ended, errors, restore_bytes);
CREATE INDEX record_good ON record (plan, module, ended) WHERE errors = 0;
CREATE INDEX record_newest ON record (plan, module) WHERE newest = 1;
CREATE INDEX record_history ON record (plan) WHERE run IS NULL;
CREATE INDEX record_future ON record (start_at) WHERE start_at > seen_at;

CREATE TABLE run (
  id                  INTEGER PRIMARY KEY,
  plan                TEXT NOT NULL,
  plan_name           TEXT NOT NULL,
  destination_id      TEXT NOT NULL,
  destination_name    TEXT NOT NULL,
  origin              TEXT NOT NULL,
  begin_at            INTEGER NOT NULL,
  opened_at           INTEGER NOT NULL,
  first_error_seen_at INTEGER,
  early_notice_given  INTEGER NOT NULL,
  closed_at           INTEGER,           -- NULL while open
  announced           INTEGER NOT NULL,
  reopened_until      INTEGER,
  compact_at          INTEGER,           -- the compact layout's record of the whole plan, if there is one
  compact_succeeded   INTEGER,
  compact_errors      INTEGER,
  compact_error_text  TEXT,
  gap_from            INTEGER,
  gap_to              INTEGER,
  alert_identity      TEXT NOT NULL,
  outcome             TEXT,
  end_at              INTEGER,           -- newest end of its own records
  modules             INTEGER NOT NULL,  -- that count, so that a list of runs need not read them
  succeeded           INTEGER NOT NULL
) STRICT;
CREATE INDEX run_plan ON run (plan, begin_at);
CREATE INDEX run_open ON run (id) WHERE closed_at IS NULL;
CREATE INDEX run_closed ON run (closed_at) WHERE closed_at IS NOT NULL;

CREATE TABLE run_module (
  run            INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  module         TEXT NOT NULL,
  node           INTEGER,
  expected       INTEGER NOT NULL,
  left_plan      INTEGER NOT NULL,
  ever_recorded  INTEGER NOT NULL,
  record_start   INTEGER,             -- with the run's plan and this module: the key of a record
  borrowed_start INTEGER,             -- the same, of an overlapping run
  verdict        TEXT,                -- NULL: the run has not closed, or this module does not count
  PRIMARY KEY (run, module)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_module_problem ON run_module (run, module, verdict) WHERE verdict <> 'succeeded';
CREATE INDEX run_module_problem_of ON run_module (module, run) WHERE verdict <> 'succeeded';
CREATE INDEX run_module_borrowed ON run_module (module, borrowed_start) WHERE borrowed_start IS NOT NULL;

-- How long to wait for a module under a plan.
CREATE TABLE module_memory (
  plan               TEXT NOT NULL,
  module             TEXT NOT NULL,
  started            INTEGER NOT NULL,
  ended              INTEGER NOT NULL,
  lag                INTEGER NOT NULL,
  has_record         INTEGER NOT NULL,
  reported_never_ran INTEGER NOT NULL,
  PRIMARY KEY (plan, module)
) STRICT, WITHOUT ROWID;

-- Newest compact timestamp of a plan that a run has covered.
CREATE TABLE compact_reported (
  plan TEXT PRIMARY KEY,
  at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Alerts that have opened a run or a report: each does so once, for ever.
CREATE TABLE alert_identity (
  identity TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE message (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  kind        TEXT NOT NULL,
  request     INTEGER NOT NULL,   -- inbox.id of the request that it answers, 0: none
  created_at  INTEGER NOT NULL,
  message_id  TEXT NOT NULL,
  thread_root TEXT NOT NULL,
  sender      TEXT NOT NULL,
  subject     TEXT NOT NULL,
  mail        TEXT NOT NULL       -- last: a list of messages does not read its pages
) STRICT;
CREATE INDEX message_request ON message (request) WHERE request <> 0;

-- The runs that a message reports. A run may be forgotten before a message that still waits.
CREATE TABLE message_run (
  message  INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  run      INTEGER NOT NULL,
  PRIMARY KEY (message, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_run_run ON message_run (run, message);

-- One recipient of one message.
CREATE TABLE delivery (
  message      INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  recipient    TEXT NOT NULL,
  position     INTEGER NOT NULL,
  state        TEXT NOT NULL,       -- waiting, delivered, failed, summarized
  next_attempt INTEGER NOT NULL,
  attempts     INTEGER NOT NULL,    -- so far, those with a disabled relay not counted
  PRIMARY KEY (message, recipient)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_waiting ON delivery (next_attempt) WHERE state = 'waiting';
CREATE INDEX delivery_failed ON delivery (message) WHERE state = 'failed';

-- The newest 50 attempts of each delivery.
CREATE TABLE attempt (
  message   INTEGER NOT NULL,
  recipient TEXT NOT NULL,
  number    INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  result    TEXT NOT NULL,
  detail    TEXT NOT NULL,
  PRIMARY KEY (message, recipient, number),
  FOREIGN KEY (message, recipient) REFERENCES delivery (message, recipient) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

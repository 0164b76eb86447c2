-- How far forgetting has got (store/retention.h). NULL: not known yet.
ALTER TABLE state ADD COLUMN data_time INTEGER;    -- the time as far as the store's data and running time vouch
ALTER TABLE state ADD COLUMN forgotten_to INTEGER; -- while there is a backlog: what is older is gone
ALTER TABLE state ADD COLUMN keep_days INTEGER;    -- `store.keep_days` that forgetting has worked off

-- Alerts that have opened a run or a report, by the digest of what used to be written out, in the order in
-- which they were last seen (to the day). Earlier ones count as seen now.
CREATE TABLE known_alert (
  id       INTEGER PRIMARY KEY,
  identity TEXT NOT NULL UNIQUE,
  at       INTEGER NOT NULL
) STRICT;
INSERT OR IGNORE INTO known_alert (identity, at)
  SELECT alert_identity(identity), unixepoch() FROM alert_identity WHERE identity <> '' LIMIT 100000;
DROP TABLE alert_identity;
UPDATE run SET alert_identity = alert_identity(alert_identity) WHERE alert_identity <> '';
-- When a plan was last in a look, to the day; what is gone for `store.keep_days` is forgotten.
ALTER TABLE plan ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0;
UPDATE plan SET seen_at = unixepoch();

-- Triggers that no flood of alerts may keep waiting.
CREATE INDEX inbox_other ON inbox (id) WHERE kind <> 'alert';

-- Mails on request that named a run by a number which only a later run has got.
DELETE FROM message_run WHERE EXISTS (
  SELECT 1 FROM message JOIN run ON run.id = message_run.run
  WHERE message.id = message_run.message AND message.kind = 'on_request' AND run.opened_at > message.created_at);

-- The alert that a run has to answer (CausingAlert).
ALTER TABLE run ADD COLUMN alert_since INTEGER;  -- NULL: there is none
ALTER TABLE run ADD COLUMN alert_node TEXT;
ALTER TABLE run ADD COLUMN alert_names_plan INTEGER;
UPDATE run SET alert_since = begin_at, alert_node = '', alert_names_plan = 1 WHERE origin IN ('alert', 'no_status');

-- How many reports alerts alone have led to in the current hour (AlertRate). No row: no hour has begun.
CREATE TABLE alert_rate (
  kind       TEXT PRIMARY KEY,    -- unmatched, runs
  since      INTEGER NOT NULL,
  singly     INTEGER NOT NULL,
  summarized INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE alert_rate_name (
  kind     TEXT NOT NULL,
  position INTEGER NOT NULL,
  name     TEXT NOT NULL,
  PRIMARY KEY (kind, position)
) STRICT, WITHOUT ROWID;

-- Whether a look into a repository saw everything that it asked for (model/finding.h). Looks from before this step did
-- not notice when restic left snapshots out: what they found stays true, what they did not find is not known to be
-- missing. `without_snapshot` of runs that were judged by them keeps what people were told then.
ALTER TABLE record ADD COLUMN probe_complete INTEGER NOT NULL DEFAULT 0;
UPDATE record SET probe_cause = 'incomplete' WHERE probed_at IS NOT NULL AND probe_cause IS NULL AND of_run_at IS NULL;

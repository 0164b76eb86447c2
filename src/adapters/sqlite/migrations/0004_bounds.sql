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

-- An alert that comes again while it waits, as from two Alertmanagers: the digest of `body`, or empty.
ALTER TABLE inbox ADD COLUMN digest TEXT NOT NULL DEFAULT '';
CREATE INDEX inbox_digest ON inbox (digest) WHERE digest <> '';

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

-- The outbox's own reckoning of time (notify/outbox.h, OutboxTime): one row. It begins with the newest
-- message, so that what waits keeps the age that it has.
CREATE TABLE outbox_time (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  counted  INTEGER NOT NULL,
  read_at  INTEGER,
  woken_at INTEGER
) STRICT;
INSERT INTO outbox_time (id, counted, read_at, woken_at)
  SELECT 1, coalesce(max(created_at), 0), max(created_at), NULL FROM message;

ALTER TABLE delivery ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;          -- notify/delivery_rank.h
ALTER TABLE delivery ADD COLUMN since INTEGER NOT NULL DEFAULT 0;         -- created_at, or when it was to be sent again
ALTER TABLE delivery ADD COLUMN counted_from INTEGER NOT NULL DEFAULT 0;  -- outbox_time.counted of then
ALTER TABLE delivery ADD COLUMN answer TEXT NOT NULL DEFAULT '';          -- the relay's codes where its last one names the recipient
ALTER TABLE delivery ADD COLUMN refusal TEXT NOT NULL DEFAULT '';         -- while it waits: the relay refuses us
UPDATE delivery SET since = coalesce(again_at, (SELECT created_at FROM message WHERE id = delivery.message)),
  rank = (SELECT CASE kind WHEN 'no_status' THEN 1 WHEN 'unknown_plan' THEN 1 WHEN 'on_request' THEN 2
          WHEN 'test' THEN 3 ELSE 0 END FROM message WHERE id = delivery.message);
UPDATE delivery SET counted_from = min(since, (SELECT counted FROM outbox_time));
ALTER TABLE delivery DROP COLUMN again_at;
CREATE INDEX delivery_order ON delivery (rank, attempts, message, position, next_attempt) WHERE state = 'waiting';
CREATE INDEX delivery_oldest ON delivery (counted_from) WHERE state = 'waiting';
CREATE INDEX delivery_refused ON delivery (next_attempt) WHERE state = 'waiting' AND refusal <> '';

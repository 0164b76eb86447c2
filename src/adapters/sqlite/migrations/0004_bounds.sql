-- How far forgetting has got (store/retention.h). NULL: not known yet.
ALTER TABLE state ADD COLUMN data_time INTEGER;    -- the time as far as the store's data and running time vouch
ALTER TABLE state ADD COLUMN forgotten_to INTEGER; -- while there is a backlog: what is older is gone
ALTER TABLE state ADD COLUMN keep_days INTEGER;    -- `store.keep_days` that forgetting has worked off

-- Triggers that no flood of alerts may keep waiting.
CREATE INDEX inbox_other ON inbox (id) WHERE kind <> 'alert';

-- Mails on request that named a run by a number which only a later run has got.
DELETE FROM message_run WHERE EXISTS (
  SELECT 1 FROM message JOIN run ON run.id = message_run.run
  WHERE message.id = message_run.message AND message.kind = 'on_request' AND run.opened_at > message.created_at);

-- The HTML of a mail beside the whole of it: what a command that writes the mail itself is given. Empty in a message of
-- an earlier version. Last: what reads the other columns of a message does not read its pages.
ALTER TABLE message ADD COLUMN html TEXT NOT NULL DEFAULT '';

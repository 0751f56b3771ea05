-- Which row a dead letter is of, and from when: it is resolved once a later state is loaded.
ALTER TABLE dead_letter
  ADD COLUMN record_table        text,
  ADD COLUMN record_key          text,
  ADD COLUMN record_modified_at  timestamptz;

CREATE INDEX dead_letter_open_record ON dead_letter (record_table, record_key)
  WHERE record_key IS NOT NULL AND status IN ('waiting', 'replaying');

COMMENT ON COLUMN dead_letter.record_table IS 'The table that the record was meant for; null where the letter does not tell, or is of an older version of this program';
COMMENT ON COLUMN dead_letter.record_key IS 'The record''s key in that table; null where record_table is';
COMMENT ON COLUMN dead_letter.record_modified_at IS 'When the record was modified, as it says; null when it does not';
COMMENT ON COLUMN dead_letter.status IS 'waiting, replaying (taken up to be sent through again), replayed (sent through again, and not met again since), or resolved (a later state of the same row was loaded since)';

-- A stream counts its dead letters by run and step every minute, status by stage and reason, and
-- what is old is found by age alone: each from an index, however many there are.
CREATE INDEX dead_letter_run_id_step ON dead_letter (run_id, step);
CREATE INDEX dead_letter_status_stage_reason ON dead_letter (status, stage, reason);
CREATE INDEX dead_letter_seen_at ON dead_letter (seen_at);
DROP INDEX dead_letter_run_id, dead_letter_stage_reason, dead_letter_status_seen_at;

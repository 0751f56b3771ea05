-- Who runs: so that a run lock that is left behind by a machine or a network that is gone can be told from
-- one that is held by a living run.

ALTER TABLE etl_run
  ADD COLUMN host           text,
  ADD COLUMN pid            bigint,
  ADD COLUMN process        text,
  ADD COLUMN backend_pid    integer,
  ADD COLUMN backend_start  timestamptz;

COMMENT ON COLUMN etl_run.host IS 'Name of the machine that it runs on';
COMMENT ON COLUMN etl_run.pid IS 'Process id on that machine';
COMMENT ON COLUMN etl_run.process IS 'What tells this process from every other one, before and after, with the same id: boot, process namespace, user and time of start; null where the system does not say';
COMMENT ON COLUMN etl_run.backend_pid IS 'The database session that holds the run''s lock, as in pg_stat_activity; the last one where it was lost and taken anew';
COMMENT ON COLUMN etl_run.backend_start IS 'When that session began, as in pg_stat_activity';

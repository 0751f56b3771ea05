-- Which attempt of a step is under way: a worker that outlives a failed attempt is not counted.
ALTER TABLE etl_step ADD COLUMN attempt integer NOT NULL DEFAULT 1;

COMMENT ON COLUMN etl_step.attempt IS 'Which attempt this row is of, from 1: a step that fails is tried again, and what its earlier attempt counted is forgotten';

-- The business rules that came into force, the newest last: what derived values follow.
CREATE TABLE etl_rules (
  number      integer     PRIMARY KEY CHECK (number > 0),
  fingerprint text        NOT NULL,
  is_default  boolean     NOT NULL,
  text        text        NOT NULL,
  in_force_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE etl_rules IS 'The business rules that came into force, numbered; the newest hold, and a set that returns gets a new number';
COMMENT ON COLUMN etl_rules.number IS 'Its number, from 1';
COMMENT ON COLUMN etl_rules.fingerprint IS 'Equal where the same input comes to the same values: a hash of the rules, the files of facts and the version of the cleansing code';
COMMENT ON COLUMN etl_rules.is_default IS 'Whether they were the rules built in, without a file of one''s own';
COMMENT ON COLUMN etl_rules.text IS 'All of the rules, those built in too, as a YAML document';
COMMENT ON COLUMN etl_rules.in_force_at IS 'When a command first wrote by them';

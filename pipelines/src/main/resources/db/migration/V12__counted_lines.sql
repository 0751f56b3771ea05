-- Whether a line counts is derived from the rule orderAuthorities, and stored apart from is_deleted.
ALTER TABLE fact_sales ADD COLUMN is_counted boolean NOT NULL DEFAULT true;

COMMENT ON COLUMN fact_sales.is_counted IS 'Whether the line counts: false where another source is the authority for the orders of its platform; marts leave it out';

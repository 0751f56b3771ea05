-- What a source's word for the status of an order means, by the rule orderStatuses. `migrate` fills the column for the
-- lines that are there.
ALTER TABLE fact_sales ADD COLUMN status_group text;

COMMENT ON COLUMN fact_sales.status_group IS 'What the status means by the rule orderStatuses: placed, paid, shipped, delivered, cancelled, returned, failed; unmapped for a word that the rules do not know; null where no status was told';

CREATE VIEW order_status AS
SELECT
  source,
  status,
  status_group,
  count(*) AS lines,
  coalesce(sum(total_amount_vnd), 0) AS amount_vnd
FROM fact_sales
WHERE NOT is_deleted AND is_counted
GROUP BY source, status, status_group;

COMMENT ON VIEW order_status IS 'The words that the sources have for the status of an order, and what the rules make of them: look here for what is unmapped';
COMMENT ON COLUMN order_status.source IS 'System that reports the lines: oltp, tiki, ...';
COMMENT ON COLUMN order_status.status IS 'The source''s word; null where it told none';
COMMENT ON COLUMN order_status.status_group IS 'Its meaning by the rules; unmapped where they do not know the word';
COMMENT ON COLUMN order_status.lines IS 'Order lines with this word';
COMMENT ON COLUMN order_status.amount_vnd IS 'Their amounts in dong, as told';

-- The age as of today; dim_customer.age is as of the change.
CREATE VIEW customer_today AS
SELECT
  customer_key,
  customer_id,
  full_name,
  date_of_birth,
  extract(year FROM age(((now() AT TIME ZONE INTERVAL '+07:00')::date)::timestamp, date_of_birth::timestamp))::integer AS age,
  gender,
  city,
  region,
  customer_segment,
  customer_segment_vietnam
FROM dim_customer
WHERE is_current AND customer_key <> -1;

COMMENT ON VIEW customer_today IS 'The current customers with the age that they have today';
COMMENT ON COLUMN customer_today.customer_key IS 'Key of the current version (dim_customer)';
COMMENT ON COLUMN customer_today.customer_id IS 'Natural key of the customer';
COMMENT ON COLUMN customer_today.full_name IS 'Full name';
COMMENT ON COLUMN customer_today.date_of_birth IS 'Date of birth; null when unknown';
COMMENT ON COLUMN customer_today.age IS 'Full years on today''s Vietnamese day; null when the date of birth is unknown';
COMMENT ON COLUMN customer_today.gender IS 'Gender, as the source has it';
COMMENT ON COLUMN customer_today.city IS 'City';
COMMENT ON COLUMN customer_today.region IS 'Region of the city';
COMMENT ON COLUMN customer_today.customer_segment IS 'The source''s own segment, the current one';
COMMENT ON COLUMN customer_today.customer_segment_vietnam IS 'Premium, High_Value or Regular, the current one';

COMMENT ON COLUMN dim_customer.age IS 'Full years on the day of the change that the version shows; the view customer_today has today''s';

-- When a state was observed: of two states with equal times the one that was observed later is the newer.
ALTER TABLE dim_customer ADD COLUMN change_observed_at timestamptz, ADD COLUMN said jsonb;
ALTER TABLE dim_product ADD COLUMN change_observed_at timestamptz, ADD COLUMN said jsonb;
ALTER TABLE scd_change ADD COLUMN observed_at timestamptz;
ALTER TABLE fact_sales ADD COLUMN change_observed_at timestamptz, ADD COLUMN column_marks jsonb;
ALTER TABLE fact_transactions ADD COLUMN change_observed_at timestamptz, ADD COLUMN column_marks jsonb;
ALTER TABLE fact_sales_realtime ADD COLUMN change_observed_at timestamptz;
ALTER TABLE fact_inventory ADD COLUMN change_observed_at timestamptz;

COMMENT ON COLUMN dim_customer.change_observed_at IS 'Stamp of the change that opened the version: when the state was read, by the source''s clock; null where it was captured';
COMMENT ON COLUMN dim_product.change_observed_at IS 'Stamp of the change that opened the version: when the state was read, by the source''s clock; null where it was captured';
COMMENT ON COLUMN dim_customer.said IS 'What the source said of attributes that stand otherwise here, since they are derived from several, as texts; null where all stand as said';
COMMENT ON COLUMN dim_product.said IS 'What the source said of attributes that stand otherwise here, since they are derived from several, as texts; null where all stand as said';
COMMENT ON COLUMN scd_change.observed_at IS 'When the state was read, by the source''s clock; null for captured changes and events';
COMMENT ON COLUMN fact_sales.change_observed_at IS 'Mark of the newest state: when it was read, by the source''s clock; null where it was captured';
COMMENT ON COLUMN fact_sales.column_marks IS 'Marks of the columns that the newest state left out because they did not change, each the mark of the state that the value is of, null where none has told it; null where it left out none';
COMMENT ON COLUMN fact_transactions.change_observed_at IS 'Mark of the newest state: when it was read, by the source''s clock; null where it was captured';
COMMENT ON COLUMN fact_transactions.column_marks IS 'Marks of the columns that the newest state left out because they did not change, each the mark of the state that the value is of, null where none has told it; null where it left out none';
COMMENT ON COLUMN fact_sales_realtime.change_observed_at IS 'Mark of the event that the row shows: always null';
COMMENT ON COLUMN fact_inventory.change_observed_at IS 'Mark of the event that the row shows: always null';

-- The lines of which another source is the authority are there now, and do not count.
CREATE OR REPLACE VIEW sales_line AS
SELECT
  coalesce(f.order_number, f.order_id) AS basket,
  f.order_id,
  t.date_value AS day,
  make_date(t.year, t.month, 1) AS month,
  coalesce(left(f.platform, 200), 'Unknown') AS platform,
  coalesce(g.region, 'Unknown') AS region,
  coalesce(left(p.vietnam_category, 200), 'Unknown') AS vietnam_category,
  CASE
    WHEN f.is_tet_season THEN 'Tet'
    WHEN f.is_shopping_festival THEN 'festival'
    WHEN f.vietnam_promotion_applied THEN 'promotion'
    ELSE 'ordinary'
  END AS day_kind,
  f.customer_id,
  f.product_id,
  f.order_timestamp,
  f.quantity,
  f.total_amount_usd,
  f.total_amount_vnd,
  f.vat_amount_vnd,
  f.platform_commission,
  f.profit_margin_usd
FROM fact_sales f
LEFT JOIN dim_time t ON t.time_key = f.time_key
LEFT JOIN dim_geography g ON g.geography_key = f.geography_key
LEFT JOIN dim_product p ON p.product_key = f.product_key
WHERE NOT f.is_deleted AND f.is_counted;

COMMENT ON VIEW sales_line IS 'The order lines that were not deleted and count, as the marts see them';

-- The order lines that count, as the marts see them.
--
-- * An order is a basket: the lines of one order_number; a line without one is an order of its own.
-- * A line is void (a return that was cancelled), cancelled (cancelled or failed), refund (a negative quantity, or a negative
--   amount whose status is returned), returned (it was sold, and its status says that it came back) or sold.
-- * Net revenue is what was sold less what was refunded; gross revenue is what was sold, cancelled or returned. What came
--   back counts in returned_vnd. So gross = net + cancelled + returned.
-- * A platform's or category's name is cut to 200 characters: all of them together must fit into an index entry.
-- * "Unknown" stands for a platform, region or category that is not known. Joins are outer ones: no line is lost.
CREATE VIEW sales_line AS
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
  coalesce(f.vietnam_promotion_applied, false) AS is_promoted,
  o.outcome,
  f.status_group,
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
CROSS JOIN LATERAL (
  SELECT
    CASE
      WHEN f.status_group IN ('cancelled', 'failed') THEN CASE WHEN f.quantity < 0 THEN 'void' ELSE 'cancelled' END
      WHEN f.quantity < 0 THEN 'refund'
      WHEN f.status_group = 'returned' THEN CASE WHEN f.total_amount_vnd < 0 THEN 'refund' ELSE 'returned' END
      ELSE 'sold'
    END AS outcome) o
LEFT JOIN dim_time t ON t.time_key = f.time_key
LEFT JOIN dim_geography g ON g.geography_key = f.geography_key
LEFT JOIN dim_product p ON p.product_key = f.product_key
WHERE NOT f.is_deleted AND f.is_counted;

COMMENT ON VIEW sales_line IS 'The order lines that were not deleted and that count, as the marts see them';
COMMENT ON COLUMN sales_line.basket IS 'The order: order_number, or order_id where the line is a basket of its own';
COMMENT ON COLUMN sales_line.order_id IS 'Key of the line';
COMMENT ON COLUMN sales_line.day IS 'Vietnamese day of the line; null when unknown';
COMMENT ON COLUMN sales_line.month IS 'First day of the line''s Vietnamese month; null when unknown. In the marts a line goes with the first line of its basket';
COMMENT ON COLUMN sales_line.platform IS 'Platform, or Unknown';
COMMENT ON COLUMN sales_line.region IS 'Region of the order''s city, or Unknown';
COMMENT ON COLUMN sales_line.vietnam_category IS 'Category of the product as it was when ordered, or Unknown';
COMMENT ON COLUMN sales_line.day_kind IS 'The first that applies: Tet (season), festival (shopping festival), promotion (the line was sold with one), ordinary';
COMMENT ON COLUMN sales_line.is_promoted IS 'Whether the line was sold with a promotion';
COMMENT ON COLUMN sales_line.outcome IS 'sold; refund (a negative quantity, or a negative amount of status returned); returned (sold, and came back by its status); cancelled (or failed); void (a cancelled refund)';
COMMENT ON COLUMN sales_line.status_group IS 'What its status means by the rules (fact_sales.status_group)';
COMMENT ON COLUMN sales_line.customer_id IS 'Natural key of the customer; null when unknown';
COMMENT ON COLUMN sales_line.product_id IS 'Natural key of the product; null when unknown';
COMMENT ON COLUMN sales_line.order_timestamp IS 'When the order was placed';
COMMENT ON COLUMN sales_line.quantity IS 'Units; negative for a return';
COMMENT ON COLUMN sales_line.total_amount_usd IS 'What is paid in US dollars';
COMMENT ON COLUMN sales_line.total_amount_vnd IS 'What is paid in whole dong';
COMMENT ON COLUMN sales_line.vat_amount_vnd IS 'Value added tax in whole dong';
COMMENT ON COLUMN sales_line.platform_commission IS 'What the platform keeps, in US dollars';
COMMENT ON COLUMN sales_line.profit_margin_usd IS 'Profit in US dollars';

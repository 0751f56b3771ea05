-- Every product of the dimension, sold or not: what lies in stock unsold is worth seeing.
CREATE MATERIALIZED VIEW mv_product_performance AS
WITH reference AS (
  SELECT coalesce(
    (SELECT day FROM sales_line
      WHERE outcome = 'sold' AND day <= (now() AT TIME ZONE INTERVAL '+07:00')::date
      ORDER BY day DESC LIMIT 1),
    (now() AT TIME ZONE INTERVAL '+07:00')::date) AS day
),
-- Added up by what came of the lines first: one sum of each amount for a line instead of four.
line AS (
  SELECT
    product_id,
    came_of_it,
    sum(abs(quantity::bigint)) AS units,
    sum(CASE came_of_it WHEN 2 THEN abs(total_amount_vnd) ELSE total_amount_vnd END) AS amount_vnd,
    sum(profit_margin_usd) AS profit_usd
  FROM (
    SELECT
      product_id, quantity, total_amount_vnd, profit_margin_usd,
      CASE outcome WHEN 'sold' THEN 1 WHEN 'refund' THEN 2 WHEN 'returned' THEN 3 WHEN 'cancelled' THEN 4 ELSE 5 END AS came_of_it
    FROM sales_line
    OFFSET 0) told
  WHERE product_id IS NOT NULL AND product_id <> '-1'
  GROUP BY product_id, came_of_it
),
sold AS (
  SELECT
    product_id,
    coalesce(sum(CASE came_of_it WHEN 1 THEN units ELSE -units END) FILTER (WHERE came_of_it <= 2), 0)::bigint AS units,
    coalesce(sum(units) FILTER (WHERE came_of_it IN (2, 3)), 0)::bigint AS returns,
    coalesce(sum(CASE came_of_it WHEN 1 THEN amount_vnd ELSE -amount_vnd END) FILTER (WHERE came_of_it <= 2), 0) AS revenue_vnd,
    coalesce(sum(amount_vnd) FILTER (WHERE came_of_it IN (1, 3, 4)), 0) AS gross_revenue_vnd,
    coalesce(sum(amount_vnd) FILTER (WHERE came_of_it = 4), 0) AS cancelled_revenue_vnd,
    coalesce(sum(amount_vnd) FILTER (WHERE came_of_it IN (2, 3)), 0) AS returned_revenue_vnd,
    coalesce(sum(profit_usd) FILTER (WHERE came_of_it <= 2), 0) AS profit_usd
  FROM line
  GROUP BY product_id
),
version AS (
  SELECT
    product_id, name, vietnam_category, brand, platform, stock, effective_date,
    row_number() OVER newest_first = 1 AS is_newest,
    lead(product_id) OVER newest_first IS NOT NULL
      AND (price_usd, price_vnd) IS DISTINCT FROM
        (lead(price_usd) OVER newest_first, lead(price_vnd) OVER newest_first) AS is_price_change
  FROM dim_product
  WHERE product_key <> -1
  WINDOW newest_first AS (PARTITION BY product_id ORDER BY effective_date DESC)
),
listed AS (
  SELECT
    v.product_id,
    max(v.name) FILTER (WHERE v.is_newest) AS name,
    max(v.vietnam_category) FILTER (WHERE v.is_newest) AS vietnam_category,
    max(v.brand) FILTER (WHERE v.is_newest) AS brand,
    max(v.platform) FILTER (WHERE v.is_newest) AS platform,
    max(v.stock) FILTER (WHERE v.is_newest) AS stock,
    count(*) FILTER (
      WHERE v.is_price_change
        AND v.effective_date >= (r.day - INTERVAL '1 year') AT TIME ZONE INTERVAL '+07:00') AS price_changes
  FROM version v
  CROSS JOIN reference r
  GROUP BY v.product_id
)
SELECT
  product_id,
  l.name,
  coalesce(l.vietnam_category, 'Unknown') AS vietnam_category,
  l.brand,
  coalesce(l.platform, 'Unknown') AS platform,
  coalesce(s.units, 0) AS units,
  coalesce(s.returns, 0) AS returns,
  coalesce(s.revenue_vnd, 0) AS revenue_vnd,
  coalesce(s.gross_revenue_vnd, 0) AS gross_revenue_vnd,
  coalesce(s.cancelled_revenue_vnd, 0) AS cancelled_revenue_vnd,
  coalesce(s.returned_revenue_vnd, 0) AS returned_revenue_vnd,
  coalesce(s.profit_usd, 0) AS profit_usd,
  round(s.returns::numeric / nullif(s.units + s.returns, 0), 4) AS return_rate,
  coalesce(l.price_changes, 0) AS price_changes_last_year,
  l.stock AS current_stock,
  rank() OVER (
    PARTITION BY coalesce(l.vietnam_category, 'Unknown') ORDER BY coalesce(s.revenue_vnd, 0) DESC)
    AS rank_in_category
FROM listed l
FULL JOIN sold s USING (product_id);

CREATE UNIQUE INDEX mv_product_performance_key ON mv_product_performance (product_id);

COMMENT ON MATERIALIZED VIEW mv_product_performance IS 'Products, sold or not, with what they brought';
COMMENT ON COLUMN mv_product_performance.product_id IS 'Natural key of the product';
COMMENT ON COLUMN mv_product_performance.name IS 'Name in the newest version; null when the product is not known yet';
COMMENT ON COLUMN mv_product_performance.vietnam_category IS 'Category in the newest version, or Unknown';
COMMENT ON COLUMN mv_product_performance.brand IS 'Brand in the newest version';
COMMENT ON COLUMN mv_product_performance.platform IS 'Platform that lists the product, or Unknown';
COMMENT ON COLUMN mv_product_performance.units IS 'Units sold, net of returns and without cancelled ones';
COMMENT ON COLUMN mv_product_performance.returns IS 'Units that came back';
COMMENT ON COLUMN mv_product_performance.revenue_vnd IS 'Net revenue in dong: gross_revenue_vnd less cancelled_revenue_vnd and returned_revenue_vnd';
COMMENT ON COLUMN mv_product_performance.gross_revenue_vnd IS 'Gross revenue in dong: what was ordered, cancelled and returned goods among it';
COMMENT ON COLUMN mv_product_performance.cancelled_revenue_vnd IS 'Revenue of lines that were cancelled or that failed, in dong';
COMMENT ON COLUMN mv_product_performance.returned_revenue_vnd IS 'What returned goods were worth, in dong; positive';
COMMENT ON COLUMN mv_product_performance.profit_usd IS 'Profit of what was sold and refunded, in US dollars';
COMMENT ON COLUMN mv_product_performance.return_rate IS 'Units that came back as a share of units that went out, 0 to 1 where all that came back had gone out; null when none went out';
COMMENT ON COLUMN mv_product_performance.price_changes_last_year IS 'Versions with another price than the one before, since a year before the warehouse''s latest order day';
COMMENT ON COLUMN mv_product_performance.current_stock IS 'Units in stock now; null when unknown';
COMMENT ON COLUMN mv_product_performance.rank_in_category IS 'Place in its category by revenue_vnd; 1 is the highest, equals share a place';

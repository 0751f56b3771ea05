-- Recency counts from the warehouse's latest order day, not from now(): the same facts give the same mart whenever it is
-- refreshed. Days in the future (a wrong clock at a source) do not count as the latest.
CREATE MATERIALIZED VIEW mv_customer_analytics AS
WITH reference AS (
  SELECT (
    SELECT day FROM sales_line
    WHERE outcome = 'sold' AND day <= (now() AT TIME ZONE INTERVAL '+07:00')::date
    ORDER BY day DESC LIMIT 1) AS day
),
-- By basket first, of lines sorted once: distinct baskets would be sorted for each count. Parallel workers scan and sort.
bought AS (
  SELECT
    customer_id,
    min(order_timestamp) FILTER (WHERE came_of_it = 1) AS first_order,
    max(order_timestamp) FILTER (WHERE came_of_it = 1) AS last_order,
    max(day) FILTER (WHERE came_of_it = 1) AS last_day,
    count(*) FILTER (WHERE came_of_it = 1) AS sold_lines,
    count(total_amount_vnd) FILTER (WHERE came_of_it = 1) AS valued_lines,
    coalesce(sum(total_amount_vnd) FILTER (WHERE came_of_it IN (1, 3, 4)), 0) AS gross_revenue_vnd,
    coalesce(sum(total_amount_vnd) FILTER (WHERE came_of_it = 4), 0) AS cancelled_revenue_vnd,
    coalesce(sum(abs(total_amount_vnd)) FILTER (WHERE came_of_it IN (2, 3)), 0) AS returned_revenue_vnd
  FROM (
    SELECT
      customer_id COLLATE "C" AS customer_id, basket COLLATE "C" AS basket, order_timestamp, day, total_amount_vnd,
      CASE outcome WHEN 'sold' THEN 1 WHEN 'refund' THEN 2 WHEN 'returned' THEN 3 WHEN 'cancelled' THEN 4 ELSE 5 END AS came_of_it
    FROM sales_line
    WHERE customer_id IS NOT NULL AND customer_id <> '-1'
    ORDER BY 1, 2) told
  GROUP BY customer_id, basket
),
customer AS (
  SELECT
    customer_id,
    min(first_order) AS first_order,
    max(last_order) AS last_order,
    max(last_day) AS last_day,
    count(*) FILTER (WHERE sold_lines > 0) AS orders,
    count(*) FILTER (WHERE valued_lines > 0) AS valued_orders,
    sum(gross_revenue_vnd - cancelled_revenue_vnd - returned_revenue_vnd) AS revenue_vnd,
    sum(gross_revenue_vnd) AS gross_revenue_vnd,
    sum(cancelled_revenue_vnd) AS cancelled_revenue_vnd,
    sum(returned_revenue_vnd) AS returned_revenue_vnd
  FROM bought
  GROUP BY customer_id
),
newest AS (
  SELECT DISTINCT ON (customer_id) customer_id, region, customer_segment_vietnam
  FROM dim_customer
  ORDER BY customer_id, effective_date DESC
),
told AS (
  SELECT c.*, CASE WHEN c.last_day IS NOT NULL THEN greatest(r.day - c.last_day, 0) END AS recency_days
  FROM customer c
  CROSS JOIN reference r
),
-- One more than five times the share of the customers that are strictly below, cut to a whole number.
scored AS (
  SELECT
    t.*,
    CASE WHEN t.orders > 0 THEN
      1 + 5 * (rank() OVER (PARTITION BY t.orders > 0 ORDER BY t.recency_days DESC NULLS FIRST) - 1)
        / count(*) OVER (PARTITION BY t.orders > 0)
    END AS recency_quintile,
    CASE WHEN t.orders > 0 THEN
      1 + 5 * (rank() OVER (PARTITION BY t.orders > 0 ORDER BY t.orders) - 1)
        / count(*) OVER (PARTITION BY t.orders > 0)
    END AS frequency_quintile,
    CASE WHEN t.orders > 0 THEN
      1 + 5 * (rank() OVER (PARTITION BY t.orders > 0 ORDER BY t.revenue_vnd) - 1)
        / count(*) OVER (PARTITION BY t.orders > 0)
    END AS monetary_quintile
  FROM told t
)
SELECT
  s.customer_id COLLATE "default" AS customer_id,
  coalesce(n.region, 'Unknown') AS region,
  n.customer_segment_vietnam,
  s.first_order,
  s.last_order,
  s.recency_days,
  s.orders,
  s.revenue_vnd,
  s.gross_revenue_vnd,
  s.cancelled_revenue_vnd,
  s.returned_revenue_vnd,
  round(s.revenue_vnd / nullif(s.valued_orders, 0)) AS avg_order_value_vnd,
  s.recency_quintile::integer AS recency_quintile,
  s.frequency_quintile::integer AS frequency_quintile,
  s.monetary_quintile::integer AS monetary_quintile,
  CASE
    WHEN s.orders = 0 THEN NULL
    WHEN s.recency_quintile >= 4 AND s.orders = 1 THEN 'New'
    WHEN s.orders >= 2 AND s.recency_quintile >= 4 AND s.frequency_quintile >= 4 AND s.monetary_quintile >= 4
      THEN 'Champions'
    WHEN s.orders >= 2 AND s.recency_quintile >= 3 AND s.frequency_quintile >= 4 THEN 'Loyal'
    WHEN s.recency_quintile >= 4 THEN 'Potential_Loyal'
    WHEN s.recency_quintile = 3 THEN 'Needs_Attention'
    WHEN s.frequency_quintile >= 4 OR s.monetary_quintile >= 4 THEN 'At_Risk'
    WHEN s.recency_quintile = 2 THEN 'Hibernating'
    ELSE 'Lost'
  END AS rfm_segment
FROM scored s
LEFT JOIN newest n ON n.customer_id = s.customer_id COLLATE "default";

CREATE UNIQUE INDEX mv_customer_analytics_key ON mv_customer_analytics (customer_id);

COMMENT ON MATERIALIZED VIEW mv_customer_analytics IS 'Known customers of order lines, with recency, frequency and monetary value (RFM)';
COMMENT ON COLUMN mv_customer_analytics.customer_id IS 'Natural key of the customer';
COMMENT ON COLUMN mv_customer_analytics.region IS 'Region of the customer''s newest version, or Unknown';
COMMENT ON COLUMN mv_customer_analytics.customer_segment_vietnam IS 'Premium, High_Value or Regular, the current one; null when the customer is not known yet. The segment at the time of a sale is customer_segment of the version that fact_sales points to';
COMMENT ON COLUMN mv_customer_analytics.first_order IS 'When the customer first ordered what was neither cancelled, failed nor returned; null when never';
COMMENT ON COLUMN mv_customer_analytics.last_order IS 'When the customer last ordered what was neither cancelled, failed nor returned; null when never';
COMMENT ON COLUMN mv_customer_analytics.recency_days IS 'Days from the last order to the warehouse''s latest order day (not after today); null when its day is unknown';
COMMENT ON COLUMN mv_customer_analytics.orders IS 'Orders (baskets) with a line that was neither cancelled, failed nor returned';
COMMENT ON COLUMN mv_customer_analytics.revenue_vnd IS 'Net revenue in dong: gross_revenue_vnd less cancelled_revenue_vnd and returned_revenue_vnd';
COMMENT ON COLUMN mv_customer_analytics.gross_revenue_vnd IS 'Gross revenue in dong: what was ordered, cancelled and returned goods among it';
COMMENT ON COLUMN mv_customer_analytics.cancelled_revenue_vnd IS 'Revenue of lines that were cancelled or that failed, in dong';
COMMENT ON COLUMN mv_customer_analytics.returned_revenue_vnd IS 'What returned goods were worth, in dong; positive';
COMMENT ON COLUMN mv_customer_analytics.avg_order_value_vnd IS 'Net revenue per order in whole dong; null when no order has an amount';
COMMENT ON COLUMN mv_customer_analytics.recency_quintile IS '1 + floor(5 × the share of the customers with orders who last ordered earlier), by recency_days: 5 = the latest; equals are equal; null without an order';
COMMENT ON COLUMN mv_customer_analytics.frequency_quintile IS '1 + floor(5 × the share of the customers with orders who have fewer): 5 = the most; equals are equal; null without an order';
COMMENT ON COLUMN mv_customer_analytics.monetary_quintile IS '1 + floor(5 × the share of the customers with orders who have a lower revenue_vnd): 5 = the highest; equals are equal; null without an order';
COMMENT ON COLUMN mv_customer_analytics.rfm_segment IS
  'The first that applies, R, F, M being the quintiles: New (R 4-5, one order), Champions (R, F, M 4-5, two orders or more), Loyal (R 3-5, F 4-5, two orders or more), Potential_Loyal (R 4-5), Needs_Attention (R 3), At_Risk (F or M 4-5), Hibernating (R 2), Lost; null without an order';

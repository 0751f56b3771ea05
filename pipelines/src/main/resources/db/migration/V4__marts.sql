-- The marts: materialized views over the order lines that were not deleted.
--
-- What the words mean, in all of them:
-- * An order is a basket: the lines of one order_number; a line without one is an order of its own.
-- * A line with a negative quantity is a return. Sums keep its sign: units and revenue are net of returns.
-- * Revenue is total_amount of every line, whatever its status: the statuses are the sources' own words, and
--   which of them mean "cancelled" is not known here.
-- * Averages per order leave out orders without an amount; these count as orders all the same.
-- * A month or day is that of the order's Vietnamese day; null when the order's time is unknown.
-- * A platform's or category's name is cut to 200 characters: all of them together must fit into an index entry.
-- * "Unknown" stands for a platform, region or category that is not known. Joins are outer ones: no line is lost.
-- Text is compared under COLLATE "C" where it is only told apart, which sorts several times faster.

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
WHERE NOT f.is_deleted;

COMMENT ON VIEW sales_line IS 'The order lines that were not deleted, as the marts see them';
COMMENT ON COLUMN sales_line.basket IS 'The order: order_number, or order_id where the line is a basket of its own';
COMMENT ON COLUMN sales_line.order_id IS 'Key of the line';
COMMENT ON COLUMN sales_line.day IS 'Vietnamese day of the order; null when unknown';
COMMENT ON COLUMN sales_line.month IS 'First day of the Vietnamese month; null when unknown';
COMMENT ON COLUMN sales_line.platform IS 'Platform, or Unknown';
COMMENT ON COLUMN sales_line.region IS 'Region of the order''s city, or Unknown';
COMMENT ON COLUMN sales_line.vietnam_category IS 'Category of the product as it was when ordered, or Unknown';
COMMENT ON COLUMN sales_line.day_kind IS 'The first that applies: Tet (season), festival (shopping festival), promotion (the line was sold with one), ordinary';
COMMENT ON COLUMN sales_line.customer_id IS 'Natural key of the customer; null when unknown';
COMMENT ON COLUMN sales_line.product_id IS 'Natural key of the product; null when unknown';
COMMENT ON COLUMN sales_line.order_timestamp IS 'When the order was placed';
COMMENT ON COLUMN sales_line.quantity IS 'Units; negative for a return';
COMMENT ON COLUMN sales_line.total_amount_usd IS 'What is paid in US dollars';
COMMENT ON COLUMN sales_line.total_amount_vnd IS 'What is paid in whole dong';
COMMENT ON COLUMN sales_line.vat_amount_vnd IS 'Value added tax in whole dong';
COMMENT ON COLUMN sales_line.platform_commission IS 'What the platform keeps, in US dollars';
COMMENT ON COLUMN sales_line.profit_margin_usd IS 'Profit in US dollars';

-- ---------------------------------------------------------------------------------------------
CREATE MATERIALIZED VIEW mv_monthly_sales AS
SELECT
  month,
  platform,
  region,
  count(DISTINCT basket COLLATE "C") AS orders,
  count(*) AS lines,
  coalesce(sum(quantity), 0) AS units,
  coalesce(-sum(quantity) FILTER (WHERE quantity < 0), 0) AS returns,
  coalesce(sum(total_amount_usd), 0) AS revenue_usd,
  coalesce(sum(total_amount_vnd), 0) AS revenue_vnd,
  coalesce(sum(vat_amount_vnd), 0) AS vat_vnd,
  coalesce(sum(platform_commission), 0) AS commission_usd,
  coalesce(sum(profit_margin_usd), 0) AS profit_usd,
  round(
    sum(total_amount_vnd)
      / nullif(count(DISTINCT basket COLLATE "C") FILTER (WHERE total_amount_vnd IS NOT NULL), 0))
    AS avg_order_value_vnd
FROM sales_line
GROUP BY month, platform, region;

CREATE UNIQUE INDEX mv_monthly_sales_key ON mv_monthly_sales (month, platform, region);

COMMENT ON MATERIALIZED VIEW mv_monthly_sales IS 'Sales by Vietnamese month, platform and region';
COMMENT ON COLUMN mv_monthly_sales.month IS 'First day of the Vietnamese month; null when the order''s time is unknown';
COMMENT ON COLUMN mv_monthly_sales.platform IS 'Platform, or Unknown';
COMMENT ON COLUMN mv_monthly_sales.region IS 'Region of the order''s city, or Unknown';
COMMENT ON COLUMN mv_monthly_sales.orders IS 'Orders (baskets), cancelled ones and returns among them';
COMMENT ON COLUMN mv_monthly_sales.lines IS 'Order lines, returns among them';
COMMENT ON COLUMN mv_monthly_sales.units IS 'Units, net of returns';
COMMENT ON COLUMN mv_monthly_sales.returns IS 'Units that came back';
COMMENT ON COLUMN mv_monthly_sales.revenue_usd IS 'Revenue in US dollars, net of returns';
COMMENT ON COLUMN mv_monthly_sales.revenue_vnd IS 'Revenue in dong, net of returns';
COMMENT ON COLUMN mv_monthly_sales.vat_vnd IS 'Value added tax in dong';
COMMENT ON COLUMN mv_monthly_sales.commission_usd IS 'Platforms'' commission in US dollars';
COMMENT ON COLUMN mv_monthly_sales.profit_usd IS 'Profit in US dollars';
COMMENT ON COLUMN mv_monthly_sales.avg_order_value_vnd IS 'Revenue per order in whole dong; null when no order has an amount';

-- ---------------------------------------------------------------------------------------------
-- Recency counts from the warehouse's latest order day, not from now(): the same facts give the same mart
-- whenever it is refreshed. Days in the future (a wrong clock at a source) do not count as the latest.
CREATE MATERIALIZED VIEW mv_customer_analytics AS
WITH reference AS (
  SELECT max(day) AS day
  FROM sales_line
  WHERE day <= (now() AT TIME ZONE INTERVAL '+07:00')::date
),
customer_order AS (
  SELECT
    customer_id,
    basket,
    min(order_timestamp) AS first_line,
    max(order_timestamp) AS last_line,
    max(day) AS last_day,
    sum(total_amount_vnd) AS revenue_vnd
  FROM sales_line
  WHERE customer_id IS NOT NULL AND customer_id <> '-1'
  GROUP BY customer_id, basket
),
customer AS (
  SELECT
    customer_id,
    min(first_line) AS first_order,
    max(last_line) AS last_order,
    max(last_day) AS last_day,
    count(*) AS orders,
    coalesce(sum(revenue_vnd), 0) AS revenue_vnd,
    round(sum(revenue_vnd) / nullif(count(revenue_vnd), 0)) AS avg_order_value_vnd
  FROM customer_order
  GROUP BY customer_id
),
newest AS (
  SELECT DISTINCT ON (customer_id) customer_id, region, customer_segment_vietnam
  FROM dim_customer
  ORDER BY customer_id, effective_date DESC
),
scored AS (
  SELECT
    c.*,
    ntile(5) OVER (
      ORDER BY c.last_order NULLS FIRST, c.revenue_vnd, c.customer_id COLLATE "C") AS recency_quintile,
    ntile(5) OVER (
      ORDER BY c.orders, c.revenue_vnd, c.customer_id COLLATE "C") AS frequency_quintile,
    ntile(5) OVER (
      ORDER BY c.revenue_vnd, c.orders, c.customer_id COLLATE "C") AS monetary_quintile
  FROM customer c
)
SELECT
  s.customer_id,
  coalesce(n.region, 'Unknown') AS region,
  n.customer_segment_vietnam,
  s.first_order,
  s.last_order,
  greatest(r.day - s.last_day, 0) AS recency_days,
  s.orders,
  s.revenue_vnd,
  s.avg_order_value_vnd,
  s.recency_quintile,
  s.frequency_quintile,
  s.monetary_quintile,
  CASE
    WHEN s.recency_quintile >= 4 AND s.orders = 1 THEN 'New'
    WHEN s.recency_quintile >= 4 AND s.frequency_quintile >= 4 AND s.monetary_quintile >= 4 THEN 'Champions'
    WHEN s.recency_quintile >= 3 AND s.frequency_quintile >= 4 THEN 'Loyal'
    WHEN s.recency_quintile >= 4 THEN 'Potential_Loyal'
    WHEN s.recency_quintile = 3 THEN 'Needs_Attention'
    WHEN s.frequency_quintile >= 4 OR s.monetary_quintile >= 4 THEN 'At_Risk'
    WHEN s.recency_quintile = 2 THEN 'Hibernating'
    ELSE 'Lost'
  END AS rfm_segment
FROM scored s
CROSS JOIN reference r
LEFT JOIN newest n ON n.customer_id = s.customer_id;

CREATE UNIQUE INDEX mv_customer_analytics_key ON mv_customer_analytics (customer_id);

COMMENT ON MATERIALIZED VIEW mv_customer_analytics IS 'Known customers who have ordered, with recency, frequency and monetary value (RFM)';
COMMENT ON COLUMN mv_customer_analytics.customer_id IS 'Natural key of the customer';
COMMENT ON COLUMN mv_customer_analytics.region IS 'Region of the customer''s newest version, or Unknown';
COMMENT ON COLUMN mv_customer_analytics.customer_segment_vietnam IS 'Premium, High_Value or Regular; null when the customer is not known yet';
COMMENT ON COLUMN mv_customer_analytics.first_order IS 'When the customer first ordered';
COMMENT ON COLUMN mv_customer_analytics.last_order IS 'When the customer last ordered';
COMMENT ON COLUMN mv_customer_analytics.recency_days IS 'Days from the last order to the warehouse''s latest order day (not after today)';
COMMENT ON COLUMN mv_customer_analytics.orders IS 'Orders (baskets)';
COMMENT ON COLUMN mv_customer_analytics.revenue_vnd IS 'Revenue in dong, net of returns';
COMMENT ON COLUMN mv_customer_analytics.avg_order_value_vnd IS 'Revenue per order in whole dong; null when no order has an amount';
COMMENT ON COLUMN mv_customer_analytics.recency_quintile IS 'Fifth of the customers by last_order: 5 = the latest. Ties go by revenue, then by customer_id';
COMMENT ON COLUMN mv_customer_analytics.frequency_quintile IS 'Fifth of the customers by orders: 5 = the most. Ties go by revenue, then by customer_id';
COMMENT ON COLUMN mv_customer_analytics.monetary_quintile IS 'Fifth of the customers by revenue: 5 = the highest. Ties go by orders, then by customer_id';
COMMENT ON COLUMN mv_customer_analytics.rfm_segment IS
  'The first that applies, R, F, M being the quintiles: New (R 4-5, one order), Champions (R, F, M 4-5), Loyal (R 3-5, F 4-5), Potential_Loyal (R 4-5), Needs_Attention (R 3), At_Risk (F or M 4-5), Hibernating (R 2), Lost';

-- ---------------------------------------------------------------------------------------------
-- Every product of the dimension, sold or not: what lies in stock unsold is worth seeing.
CREATE MATERIALIZED VIEW mv_product_performance AS
WITH reference AS (
  SELECT coalesce(max(day), (now() AT TIME ZONE INTERVAL '+07:00')::date) AS day
  FROM sales_line
  WHERE day <= (now() AT TIME ZONE INTERVAL '+07:00')::date
),
sold AS (
  SELECT
    product_id,
    coalesce(sum(quantity), 0) AS units,
    coalesce(-sum(quantity) FILTER (WHERE quantity < 0), 0) AS returns,
    coalesce(sum(total_amount_vnd), 0) AS revenue_vnd,
    coalesce(sum(profit_margin_usd), 0) AS profit_usd
  FROM sales_line
  WHERE product_id IS NOT NULL AND product_id <> '-1'
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
COMMENT ON COLUMN mv_product_performance.units IS 'Units, net of returns';
COMMENT ON COLUMN mv_product_performance.returns IS 'Units that came back';
COMMENT ON COLUMN mv_product_performance.revenue_vnd IS 'Revenue in dong, net of returns';
COMMENT ON COLUMN mv_product_performance.profit_usd IS 'Profit in US dollars';
COMMENT ON COLUMN mv_product_performance.return_rate IS 'Units that came back as a share of units that went out, 0 to 1; null when none went out';
COMMENT ON COLUMN mv_product_performance.price_changes_last_year IS 'Versions with another price than the one before, since a year before the warehouse''s latest order day';
COMMENT ON COLUMN mv_product_performance.current_stock IS 'Units in stock; null when unknown';
COMMENT ON COLUMN mv_product_performance.rank_in_category IS 'Place in its category by revenue_vnd; 1 is the highest, equals share a place';

-- ---------------------------------------------------------------------------------------------
-- Tet and festivals are whole days: their revenue per day is held against that of the month's other days,
-- promoted lines included. A promotion is a property of a line: promoted lines are held against the
-- unpromoted ones of those other days.
CREATE MATERIALIZED VIEW mv_marketing_performance AS
WITH kind AS (
  SELECT
    month,
    platform,
    day_kind,
    count(DISTINCT basket COLLATE "C") AS orders,
    count(DISTINCT basket COLLATE "C") FILTER (WHERE total_amount_vnd IS NOT NULL) AS valued_orders,
    count(DISTINCT day) AS days,
    coalesce(sum(total_amount_vnd), 0) AS revenue_vnd
  FROM sales_line
  GROUP BY month, platform, day_kind
),
other_days AS (
  SELECT
    month,
    platform,
    sum(total_amount_vnd) / nullif(count(DISTINCT day), 0) AS per_day,
    sum(total_amount_vnd) FILTER (WHERE day_kind = 'ordinary')
      / nullif(count(DISTINCT day) FILTER (WHERE day_kind = 'ordinary'), 0) AS unpromoted_per_day
  FROM sales_line
  WHERE day_kind IN ('promotion', 'ordinary')
  GROUP BY month, platform
)
SELECT
  k.month,
  k.platform,
  k.day_kind,
  k.orders,
  k.days,
  k.revenue_vnd,
  round(k.revenue_vnd / nullif(k.valued_orders, 0)) AS avg_order_value_vnd,
  round(k.revenue_vnd / nullif(k.days, 0)) AS revenue_per_day_vnd,
  CASE
    WHEN k.month IS NULL THEN NULL
    WHEN k.day_kind = 'ordinary' THEN 0
    ELSE round(
      k.revenue_vnd / k.days
        / CASE
            WHEN k.day_kind = 'promotion' AND o.unpromoted_per_day > 0 THEN o.unpromoted_per_day
            WHEN k.day_kind <> 'promotion' AND o.per_day > 0 THEN o.per_day
          END
        - 1, 4)
  END AS uplift
FROM kind k
LEFT JOIN other_days o ON o.month = k.month AND o.platform = k.platform;

CREATE UNIQUE INDEX mv_marketing_performance_key ON mv_marketing_performance (month, platform, day_kind);

COMMENT ON MATERIALIZED VIEW mv_marketing_performance IS 'What Tet, shopping festivals and promotions bring, by Vietnamese month and platform';
COMMENT ON COLUMN mv_marketing_performance.month IS 'First day of the Vietnamese month; null when the order''s time is unknown';
COMMENT ON COLUMN mv_marketing_performance.platform IS 'Platform, or Unknown';
COMMENT ON COLUMN mv_marketing_performance.day_kind IS 'The first that applies to a line: Tet, festival, promotion, ordinary';
COMMENT ON COLUMN mv_marketing_performance.orders IS 'Orders (baskets) with lines of this kind';
COMMENT ON COLUMN mv_marketing_performance.days IS 'Days with lines of this kind';
COMMENT ON COLUMN mv_marketing_performance.revenue_vnd IS 'Revenue in dong, net of returns';
COMMENT ON COLUMN mv_marketing_performance.avg_order_value_vnd IS 'Revenue per order in whole dong; null when no order has an amount';
COMMENT ON COLUMN mv_marketing_performance.revenue_per_day_vnd IS 'Revenue per day with such lines, in whole dong; null when the time is unknown';
COMMENT ON COLUMN mv_marketing_performance.uplift IS
  'Revenue per day against the same month and platform''s ordinary days, as a fraction: 0.5 is half as much again. Tet and festival against all lines of the other days, promotion against their unpromoted lines; null when there is nothing to compare with';

-- ---------------------------------------------------------------------------------------------
-- grouping_id is in the key: "all months" and "month unknown" are both null.
CREATE MATERIALIZED VIEW mv_sales_cube AS
SELECT
  month,
  platform,
  region,
  vietnam_category,
  GROUPING(month, platform, region, vietnam_category) AS grouping_id,
  GROUPING(month) = 1 AS is_all_months,
  GROUPING(platform) = 1 AS is_all_platforms,
  GROUPING(region) = 1 AS is_all_regions,
  GROUPING(vietnam_category) = 1 AS is_all_categories,
  count(DISTINCT basket COLLATE "C") AS orders,
  count(*) AS lines,
  coalesce(sum(quantity), 0) AS units,
  coalesce(sum(total_amount_usd), 0) AS revenue_usd,
  coalesce(sum(total_amount_vnd), 0) AS revenue_vnd,
  coalesce(sum(profit_margin_usd), 0) AS profit_usd
FROM sales_line
GROUP BY CUBE (month, platform, region, vietnam_category);

CREATE UNIQUE INDEX mv_sales_cube_key ON mv_sales_cube (grouping_id, month, platform, region, vietnam_category);

COMMENT ON MATERIALIZED VIEW mv_sales_cube IS
  'Sales by every combination of month, platform, region and category; a null in one of them means all of them where its is_all column is true';
COMMENT ON COLUMN mv_sales_cube.month IS 'First day of the Vietnamese month; null for all months (is_all_months) or an unknown one';
COMMENT ON COLUMN mv_sales_cube.platform IS 'Platform, or Unknown; null for all';
COMMENT ON COLUMN mv_sales_cube.region IS 'Region of the order''s city, or Unknown; null for all';
COMMENT ON COLUMN mv_sales_cube.vietnam_category IS 'Category of the product as it was when ordered, or Unknown; null for all';
COMMENT ON COLUMN mv_sales_cube.grouping_id IS 'GROUPING(month, platform, region, vietnam_category): bits 8, 4, 2, 1 are set where the column stands for all';
COMMENT ON COLUMN mv_sales_cube.is_all_months IS 'Whether the row is over all months';
COMMENT ON COLUMN mv_sales_cube.is_all_platforms IS 'Whether the row is over all platforms';
COMMENT ON COLUMN mv_sales_cube.is_all_regions IS 'Whether the row is over all regions';
COMMENT ON COLUMN mv_sales_cube.is_all_categories IS 'Whether the row is over all categories';
COMMENT ON COLUMN mv_sales_cube.orders IS 'Orders (baskets); an order over several categories counts once in each, and once in their total';
COMMENT ON COLUMN mv_sales_cube.lines IS 'Order lines';
COMMENT ON COLUMN mv_sales_cube.units IS 'Units, net of returns';
COMMENT ON COLUMN mv_sales_cube.revenue_usd IS 'Revenue in US dollars, net of returns';
COMMENT ON COLUMN mv_sales_cube.revenue_vnd IS 'Revenue in dong, net of returns';
COMMENT ON COLUMN mv_sales_cube.profit_usd IS 'Profit in US dollars';

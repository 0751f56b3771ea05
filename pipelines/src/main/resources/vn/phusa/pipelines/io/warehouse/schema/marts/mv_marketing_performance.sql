-- Tet and festivals are whole days: their revenue per calendar day is held against that of the month's other days, promoted
-- lines included. A promotion is a property of a line: promoted lines are held against the unpromoted ones of those other
-- days. Days without a sale count; days that have not begun do not.
CREATE MATERIALIZED VIEW mv_marketing_performance AS
WITH kind AS (
  SELECT
    month,
    platform,
    day_kind,
    sum(kind_orders)::bigint AS orders,
    sum(kind_valued_orders) AS valued_orders,
    sum(revenue_vnd) AS revenue_vnd,
    sum(gross_revenue_vnd) AS gross_revenue_vnd,
    sum(cancelled_revenue_vnd) AS cancelled_revenue_vnd,
    sum(returned_revenue_vnd) AS returned_revenue_vnd
  FROM mv_sales_detail
  GROUP BY month, platform, day_kind
),
calendar AS (
  SELECT
    make_date(year, month, 1) AS month,
    count(*) FILTER (WHERE is_tet_season) AS tet_days,
    count(*) FILTER (WHERE is_shopping_festival AND NOT is_tet_season) AS festival_days,
    count(*) FILTER (WHERE NOT is_tet_season AND NOT is_shopping_festival) AS other_days
  FROM dim_time
  WHERE date_value <= (now() AT TIME ZONE INTERVAL '+07:00')::date
  GROUP BY year, month
),
compared AS (
  SELECT
    k.*,
    CASE k.day_kind WHEN 'Tet' THEN c.tet_days WHEN 'festival' THEN c.festival_days ELSE c.other_days END AS days,
    sum(k.revenue_vnd) FILTER (
      WHERE k.day_kind = 'ordinary' OR k.day_kind = 'promotion') OVER others / nullif(c.other_days, 0) AS per_other_day,
    sum(k.revenue_vnd) FILTER (WHERE k.day_kind = 'ordinary') OVER others / nullif(c.other_days, 0)
      AS unpromoted_per_day
  FROM kind k
  LEFT JOIN calendar c ON c.month = k.month
  WINDOW others AS (PARTITION BY k.month, k.platform)
)
SELECT
  month,
  platform,
  day_kind,
  orders,
  coalesce(days, 0) AS days,
  revenue_vnd,
  gross_revenue_vnd,
  cancelled_revenue_vnd,
  returned_revenue_vnd,
  round(revenue_vnd / nullif(valued_orders, 0)) AS avg_order_value_vnd,
  round(revenue_vnd / nullif(days, 0)) AS revenue_per_day_vnd,
  CASE
    WHEN month IS NULL THEN NULL
    WHEN day_kind = 'ordinary' THEN 0
    WHEN day_kind = 'promotion' AND unpromoted_per_day > 0
      THEN round(revenue_vnd / nullif(days, 0) / unpromoted_per_day - 1, 4)
    WHEN day_kind <> 'promotion' AND per_other_day > 0
      THEN round(revenue_vnd / nullif(days, 0) / per_other_day - 1, 4)
  END AS uplift
FROM compared;

CREATE UNIQUE INDEX mv_marketing_performance_key ON mv_marketing_performance (month, platform, day_kind);

COMMENT ON MATERIALIZED VIEW mv_marketing_performance IS 'What Tet, shopping festivals and promotions bring, by Vietnamese month and platform';
COMMENT ON COLUMN mv_marketing_performance.month IS 'First day of the Vietnamese month of the basket''s first line; null when its time is unknown';
COMMENT ON COLUMN mv_marketing_performance.platform IS 'Platform of the basket''s first line, or Unknown';
COMMENT ON COLUMN mv_marketing_performance.day_kind IS 'The first that applies: Tet or festival (day of the basket''s first line), promotion (the line was sold with one), ordinary';
COMMENT ON COLUMN mv_marketing_performance.orders IS 'Orders (baskets) with a line of this kind that was neither cancelled, failed nor returned; one with promoted and other lines counts in both, so do not add up over the kinds';
COMMENT ON COLUMN mv_marketing_performance.days IS 'Calendar days of this kind in the month that have begun, with sales or without; promotion and ordinary share the days that are neither Tet nor festival';
COMMENT ON COLUMN mv_marketing_performance.revenue_vnd IS 'Net revenue in dong: gross_revenue_vnd less cancelled_revenue_vnd and returned_revenue_vnd';
COMMENT ON COLUMN mv_marketing_performance.gross_revenue_vnd IS 'Gross revenue in dong: what was ordered, cancelled and returned goods among it';
COMMENT ON COLUMN mv_marketing_performance.cancelled_revenue_vnd IS 'Revenue of lines that were cancelled or that failed, in dong';
COMMENT ON COLUMN mv_marketing_performance.returned_revenue_vnd IS 'What returned goods were worth, in dong; positive';
COMMENT ON COLUMN mv_marketing_performance.avg_order_value_vnd IS 'Net revenue of these lines per order in whole dong; null when no order has an amount. Not to be added up';
COMMENT ON COLUMN mv_marketing_performance.revenue_per_day_vnd IS 'Net revenue per calendar day of this kind, in whole dong; null when the time is unknown or no such day has begun';
COMMENT ON COLUMN mv_marketing_performance.uplift IS
  'Net revenue per calendar day against the same month and platform''s ordinary days, as a fraction: 0.5 is half as much again. Tet and festival against all lines of the other days, promotion against their unpromoted lines; null when there is nothing to compare with';

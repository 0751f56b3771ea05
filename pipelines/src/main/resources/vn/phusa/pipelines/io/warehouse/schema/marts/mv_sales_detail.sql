-- What monthly sales, marketing and the cube are added up from. The lines are read and sorted by basket once: counting
-- the distinct baskets of each of the cube's sixteen groupings would read and sort them sixteen times.
--
-- A basket belongs to the month, platform, region and season of its first line (by order_timestamp, then order_id), with all
-- of its lines. It is counted at its first sold line, at the first of each category, and at the first of each kind of day.
CREATE MATERIALIZED VIEW mv_sales_detail AS
SELECT
  month,
  platform,
  region,
  vietnam_category,
  day_kind,
  count(*) AS lines,
  count(*) FILTER (WHERE is_sold AND sold_lines = 1) AS orders,
  count(*) FILTER (WHERE is_sold AND category_lines = 1) AS category_orders,
  count(*) FILTER (WHERE is_sold AND kind_lines = 1) AS kind_orders,
  count(*) FILTER (WHERE is_valued AND valued_lines = 1) AS valued_orders,
  count(*) FILTER (WHERE is_valued AND kind_valued_lines = 1) AS kind_valued_orders,
  coalesce(sum(CASE came_of_it WHEN 1 THEN quantity::bigint ELSE -abs(quantity::bigint) END)
    FILTER (WHERE came_of_it <= 2), 0)::bigint AS units,
  coalesce(sum(abs(quantity::bigint)) FILTER (WHERE came_of_it IN (2, 3)), 0)::bigint AS returns,
  coalesce(sum(CASE came_of_it WHEN 1 THEN total_amount_usd ELSE -abs(total_amount_usd) END) FILTER (WHERE came_of_it <= 2), 0) AS revenue_usd,
  coalesce(sum(total_amount_vnd) FILTER (WHERE came_of_it IN (1, 3, 4)), 0)
    - coalesce(sum(total_amount_vnd) FILTER (WHERE came_of_it = 4), 0)
    - coalesce(sum(abs(total_amount_vnd)) FILTER (WHERE came_of_it IN (2, 3)), 0) AS revenue_vnd,
  coalesce(sum(total_amount_vnd) FILTER (WHERE came_of_it IN (1, 3, 4)), 0) AS gross_revenue_vnd,
  coalesce(sum(total_amount_vnd) FILTER (WHERE came_of_it = 4), 0) AS cancelled_revenue_vnd,
  coalesce(sum(abs(total_amount_vnd)) FILTER (WHERE came_of_it IN (2, 3)), 0) AS returned_revenue_vnd,
  coalesce(sum(CASE came_of_it WHEN 1 THEN vat_amount_vnd ELSE -abs(vat_amount_vnd) END) FILTER (WHERE came_of_it <= 2), 0) AS vat_vnd,
  coalesce(sum(CASE came_of_it WHEN 1 THEN platform_commission ELSE -abs(platform_commission) END) FILTER (WHERE came_of_it <= 2), 0) AS commission_usd,
  coalesce(sum(profit_margin_usd) FILTER (WHERE came_of_it <= 2), 0) AS profit_usd
FROM (
  SELECT
    b.*,
    row_number() OVER (PARTITION BY basket, vietnam_category COLLATE "C", is_sold) AS category_lines,
    CASE
      WHEN season IN ('Tet', 'festival') THEN sold_lines
      WHEN is_promoted THEN promoted_lines
      ELSE sold_lines - promoted_lines
    END AS kind_lines,
    CASE
      WHEN season IN ('Tet', 'festival') THEN valued_lines
      WHEN is_promoted THEN valued_promoted_lines
      ELSE valued_lines - valued_promoted_lines
    END AS kind_valued_lines,
    CASE WHEN season IN ('Tet', 'festival') THEN season WHEN is_promoted THEN 'promotion' ELSE 'ordinary' END AS day_kind
  FROM (
    SELECT
      l.basket,
      first_value(l.month) OVER so_far AS month,
      first_value(l.platform) OVER so_far AS platform,
      first_value(l.region) OVER so_far AS region,
      first_value(l.day_kind) OVER so_far AS season,
      count(*) FILTER (WHERE l.is_sold) OVER so_far AS sold_lines,
      count(*) FILTER (WHERE l.is_sold AND l.is_promoted) OVER so_far AS promoted_lines,
      count(*) FILTER (WHERE l.is_valued) OVER so_far AS valued_lines,
      count(*) FILTER (WHERE l.is_valued AND l.is_promoted) OVER so_far AS valued_promoted_lines,
      l.vietnam_category, l.is_promoted, l.is_sold, l.is_valued, l.came_of_it, l.quantity, l.total_amount_usd,
      l.total_amount_vnd, l.vat_amount_vnd, l.platform_commission, l.profit_margin_usd
    FROM (
      SELECT
        told.*, came_of_it = 1 AS is_sold, came_of_it = 1 AND total_amount_vnd IS NOT NULL AS is_valued
      FROM (
        SELECT
          basket COLLATE "C" AS basket, order_id COLLATE "C" AS order_id, order_timestamp, month, platform, region,
          vietnam_category, day_kind, is_promoted, CASE outcome WHEN 'sold' THEN 1 WHEN 'refund' THEN 2 WHEN 'returned' THEN 3 WHEN 'cancelled' THEN 4 ELSE 5 END AS came_of_it,
          quantity, total_amount_usd, total_amount_vnd, vat_amount_vnd, platform_commission, profit_margin_usd
        FROM sales_line
        -- Not drawn into the query above it, which would compute the outcome once for each use.
        OFFSET 0) told) l
    WINDOW so_far AS (PARTITION BY l.basket ORDER BY l.order_timestamp, l.order_id ROWS UNBOUNDED PRECEDING)
  ) b
) c
GROUP BY month, platform, region, vietnam_category, day_kind;

CREATE UNIQUE INDEX mv_sales_detail_key ON mv_sales_detail (month, platform, region, vietnam_category, day_kind);

COMMENT ON MATERIALIZED VIEW mv_sales_detail IS 'Sales in the smallest groups, which mv_monthly_sales, mv_marketing_performance and mv_sales_cube are added up from: refreshed before them';
COMMENT ON COLUMN mv_sales_detail.month IS 'First day of the Vietnamese month of the basket''s first line; null when its time is unknown';
COMMENT ON COLUMN mv_sales_detail.platform IS 'Platform of the basket''s first line, or Unknown';
COMMENT ON COLUMN mv_sales_detail.region IS 'Region of the basket''s first line, or Unknown';
COMMENT ON COLUMN mv_sales_detail.vietnam_category IS 'Category of the product as it was when ordered, or Unknown';
COMMENT ON COLUMN mv_sales_detail.day_kind IS 'The first that applies: Tet or festival (day of the basket''s first line), promotion (the line was sold with one), ordinary';
COMMENT ON COLUMN mv_sales_detail.lines IS 'Order lines, whatever came of them';
COMMENT ON COLUMN mv_sales_detail.orders IS 'Orders, each counted once, at its first sold line: sums over anything add up, but do not tell how many have lines of one category';
COMMENT ON COLUMN mv_sales_detail.category_orders IS 'Orders counted once in each category: add up over all but category and kind of day';
COMMENT ON COLUMN mv_sales_detail.kind_orders IS 'Orders counted once in each kind of day: add up over all but kind of day';
COMMENT ON COLUMN mv_sales_detail.valued_orders IS 'orders whose amount is known';
COMMENT ON COLUMN mv_sales_detail.kind_valued_orders IS 'kind_orders whose amount is known';
COMMENT ON COLUMN mv_sales_detail.units IS 'Units sold, net of returns and without cancelled ones';
COMMENT ON COLUMN mv_sales_detail.returns IS 'Units that came back';
COMMENT ON COLUMN mv_sales_detail.revenue_usd IS 'Net revenue in US dollars';
COMMENT ON COLUMN mv_sales_detail.revenue_vnd IS 'Net revenue in dong: gross_revenue_vnd less cancelled_revenue_vnd and returned_revenue_vnd';
COMMENT ON COLUMN mv_sales_detail.gross_revenue_vnd IS 'Gross revenue in dong: what was ordered, cancelled and returned goods among it';
COMMENT ON COLUMN mv_sales_detail.cancelled_revenue_vnd IS 'Revenue of lines that were cancelled or that failed, in dong';
COMMENT ON COLUMN mv_sales_detail.returned_revenue_vnd IS 'What returned goods were worth, in dong; positive';
COMMENT ON COLUMN mv_sales_detail.vat_vnd IS 'Value added tax of the net revenue, in dong';
COMMENT ON COLUMN mv_sales_detail.commission_usd IS 'Platforms'' commission on the net revenue, in US dollars';
COMMENT ON COLUMN mv_sales_detail.profit_usd IS 'Profit of what was sold and refunded, in US dollars';

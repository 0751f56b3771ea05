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
  coalesce(CASE WHEN GROUPING(vietnam_category) = 1 THEN sum(orders) ELSE sum(category_orders) END, 0)::bigint AS orders,
  coalesce(sum(lines), 0)::bigint AS lines,
  coalesce(sum(units), 0)::bigint AS units,
  coalesce(sum(revenue_usd), 0) AS revenue_usd,
  coalesce(sum(revenue_vnd), 0) AS revenue_vnd,
  coalesce(sum(gross_revenue_vnd), 0) AS gross_revenue_vnd,
  coalesce(sum(cancelled_revenue_vnd), 0) AS cancelled_revenue_vnd,
  coalesce(sum(returned_revenue_vnd), 0) AS returned_revenue_vnd,
  coalesce(sum(profit_usd), 0) AS profit_usd
FROM mv_sales_detail
GROUP BY CUBE (month, platform, region, vietnam_category);

CREATE UNIQUE INDEX mv_sales_cube_key ON mv_sales_cube (grouping_id, month, platform, region, vietnam_category);

COMMENT ON MATERIALIZED VIEW mv_sales_cube IS
  'Sales by every combination of month, platform, region and category; a null in one of them means all of them where its is_all column is true. A basket belongs, with all of its lines, to the month, platform and region of its first line';
COMMENT ON COLUMN mv_sales_cube.month IS 'First day of the Vietnamese month; null for all months (is_all_months) or an unknown one';
COMMENT ON COLUMN mv_sales_cube.platform IS 'Platform, or Unknown; null for all';
COMMENT ON COLUMN mv_sales_cube.region IS 'Region of the basket''s first line, or Unknown; null for all';
COMMENT ON COLUMN mv_sales_cube.vietnam_category IS 'Category of the product as it was when ordered, or Unknown; null for all';
COMMENT ON COLUMN mv_sales_cube.grouping_id IS 'GROUPING(month, platform, region, vietnam_category): bits 8, 4, 2, 1 are set where the column stands for all';
COMMENT ON COLUMN mv_sales_cube.is_all_months IS 'Whether the row is over all months';
COMMENT ON COLUMN mv_sales_cube.is_all_platforms IS 'Whether the row is over all platforms';
COMMENT ON COLUMN mv_sales_cube.is_all_regions IS 'Whether the row is over all regions';
COMMENT ON COLUMN mv_sales_cube.is_all_categories IS 'Whether the row is over all categories';
COMMENT ON COLUMN mv_sales_cube.orders IS 'Orders (baskets) with a line that was neither cancelled, failed nor returned; one over several categories counts once in each and once in their total, so do not add up over categories';
COMMENT ON COLUMN mv_sales_cube.lines IS 'Order lines, cancelled ones and returns among them';
COMMENT ON COLUMN mv_sales_cube.units IS 'Units sold, net of returns and without cancelled ones';
COMMENT ON COLUMN mv_sales_cube.revenue_usd IS 'Net revenue in US dollars';
COMMENT ON COLUMN mv_sales_cube.revenue_vnd IS 'Net revenue in dong: gross_revenue_vnd less cancelled_revenue_vnd and returned_revenue_vnd';
COMMENT ON COLUMN mv_sales_cube.gross_revenue_vnd IS 'Gross revenue in dong: what was ordered, cancelled and returned goods among it';
COMMENT ON COLUMN mv_sales_cube.cancelled_revenue_vnd IS 'Revenue of lines that were cancelled or that failed, in dong';
COMMENT ON COLUMN mv_sales_cube.returned_revenue_vnd IS 'What returned goods were worth, in dong; positive';
COMMENT ON COLUMN mv_sales_cube.profit_usd IS 'Profit of what was sold and refunded, in US dollars';

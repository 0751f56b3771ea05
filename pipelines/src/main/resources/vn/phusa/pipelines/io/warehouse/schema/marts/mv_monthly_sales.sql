CREATE MATERIALIZED VIEW mv_monthly_sales AS
SELECT
  month,
  platform,
  region,
  sum(orders)::bigint AS orders,
  sum(lines)::bigint AS lines,
  sum(units)::bigint AS units,
  sum(returns)::bigint AS returns,
  sum(revenue_usd) AS revenue_usd,
  sum(revenue_vnd) AS revenue_vnd,
  sum(gross_revenue_vnd) AS gross_revenue_vnd,
  sum(cancelled_revenue_vnd) AS cancelled_revenue_vnd,
  sum(returned_revenue_vnd) AS returned_revenue_vnd,
  sum(vat_vnd) AS vat_vnd,
  sum(commission_usd) AS commission_usd,
  sum(profit_usd) AS profit_usd,
  round(sum(revenue_vnd) / nullif(sum(valued_orders), 0)) AS avg_order_value_vnd
FROM mv_sales_detail
GROUP BY month, platform, region;

CREATE UNIQUE INDEX mv_monthly_sales_key ON mv_monthly_sales (month, platform, region);

COMMENT ON MATERIALIZED VIEW mv_monthly_sales IS 'Sales by Vietnamese month, platform and region; a basket belongs, with all of its lines, to those of its first line, so that all columns but the average add up';
COMMENT ON COLUMN mv_monthly_sales.month IS 'First day of the Vietnamese month of the basket''s first line; null when its time is unknown';
COMMENT ON COLUMN mv_monthly_sales.platform IS 'Platform of the basket''s first line, or Unknown';
COMMENT ON COLUMN mv_monthly_sales.region IS 'Region of the basket''s first line, or Unknown';
COMMENT ON COLUMN mv_monthly_sales.orders IS 'Orders (baskets) with a line that was sold: neither cancelled, failed nor returned';
COMMENT ON COLUMN mv_monthly_sales.lines IS 'Order lines, cancelled ones and returns among them';
COMMENT ON COLUMN mv_monthly_sales.units IS 'Units sold, net of returns and without cancelled ones';
COMMENT ON COLUMN mv_monthly_sales.returns IS 'Units that came back';
COMMENT ON COLUMN mv_monthly_sales.revenue_usd IS 'Net revenue in US dollars';
COMMENT ON COLUMN mv_monthly_sales.revenue_vnd IS 'Net revenue in dong: gross_revenue_vnd less cancelled_revenue_vnd and returned_revenue_vnd';
COMMENT ON COLUMN mv_monthly_sales.gross_revenue_vnd IS 'Gross revenue in dong: what was ordered, cancelled and returned goods among it';
COMMENT ON COLUMN mv_monthly_sales.cancelled_revenue_vnd IS 'Revenue of lines that were cancelled or that failed, in dong';
COMMENT ON COLUMN mv_monthly_sales.returned_revenue_vnd IS 'What returned goods were worth, in dong; positive';
COMMENT ON COLUMN mv_monthly_sales.vat_vnd IS 'Value added tax of the net revenue, in dong';
COMMENT ON COLUMN mv_monthly_sales.commission_usd IS 'Platforms'' commission on the net revenue, in US dollars';
COMMENT ON COLUMN mv_monthly_sales.profit_usd IS 'Profit of what was sold and refunded, in US dollars';
COMMENT ON COLUMN mv_monthly_sales.avg_order_value_vnd IS 'Net revenue per order in whole dong; null when no order has an amount. Not to be added up';

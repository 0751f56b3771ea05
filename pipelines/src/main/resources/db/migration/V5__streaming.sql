-- What the streaming job needs: marks that let the newer of two events win, the five-minute windows over
-- the sales as they come, and the life of dead letters that are replayed.

-- ---------------------------------------------------------------------------------------------
-- change_lsn is never set: events come from no transaction log. It is there because all facts are compared alike.
ALTER TABLE fact_sales_realtime
  ADD COLUMN change_ordered_at  timestamptz,
  ADD COLUMN change_lsn         bigint,
  ADD COLUMN change_index       integer NOT NULL DEFAULT 0,
  ADD COLUMN content_hash       uuid,
  ADD COLUMN row_hash           bigint,
  ADD COLUMN in_windows         boolean NOT NULL DEFAULT true,
  ADD COLUMN left_windows       timestamptz[];

COMMENT ON COLUMN fact_sales_realtime.change_ordered_at IS 'Mark of the event that the row shows: when the log took it';
COMMENT ON COLUMN fact_sales_realtime.change_lsn IS 'Mark of the event that the row shows: always null';
COMMENT ON COLUMN fact_sales_realtime.change_index IS 'Mark of the event that the row shows: always 0';
COMMENT ON COLUMN fact_sales_realtime.content_hash IS 'Hash of what that event said; decides between events with equal marks';
COMMENT ON COLUMN fact_sales_realtime.row_hash IS 'Hash of all columns, derived ones too';
COMMENT ON COLUMN fact_sales_realtime.in_windows IS 'Whether the windows count the order: false where every event about it came too late for its window';
COMMENT ON COLUMN fact_sales_realtime.left_windows IS 'Starts of the windows that counted the order before an event moved it to another; null for none';

-- Ascending with the time of arrival or nearly so: a few pages tell what was written lately.
CREATE INDEX fact_sales_realtime_processed ON fact_sales_realtime USING brin (processed_timestamp);
CREATE INDEX fact_sales_realtime_window
  ON fact_sales_realtime (date_bin(interval '5 minutes', order_timestamp, timestamptz '1970-01-01 00:00:00+00'));
-- The few orders that the writers of windows have to look at.
CREATE INDEX fact_sales_realtime_unusual ON fact_sales_realtime (order_id)
  WHERE NOT in_windows OR left_windows IS NOT NULL;

CREATE VIEW sales_window AS
SELECT
  window_start,
  window_start + interval '5 minutes' AS window_end,
  platform,
  region,
  count(*) AS order_count,
  coalesce(sum(total_amount_vnd), 0) AS total_revenue_vnd,
  round(avg(total_amount_vnd)) AS avg_order_value_vnd
FROM (
  SELECT
    date_bin(interval '5 minutes', order_timestamp, timestamptz '1970-01-01 00:00:00+00') AS window_start,
    coalesce(platform, 'Unknown') AS platform,
    coalesce(region, 'Unknown') AS region,
    total_amount_vnd
  FROM fact_sales_realtime
  WHERE in_windows) AS sale
WHERE window_start IS NOT NULL
GROUP BY window_start, platform, region;

COMMENT ON VIEW sales_window IS 'Sales per five minutes of order_timestamp, platform and region: what the windows in Redis show';
COMMENT ON COLUMN sales_window.window_start IS 'Start of the window, inclusive';
COMMENT ON COLUMN sales_window.window_end IS 'End of the window, exclusive';
COMMENT ON COLUMN sales_window.platform IS 'Platform by its standard name, or Unknown';
COMMENT ON COLUMN sales_window.region IS 'North, Central, South or Unknown';
COMMENT ON COLUMN sales_window.order_count IS 'Order lines, those without an amount too';
COMMENT ON COLUMN sales_window.total_revenue_vnd IS 'Sum of the amounts in whole dong';
COMMENT ON COLUMN sales_window.avg_order_value_vnd IS 'Mean of the amounts that are known, in whole dong, rounded half up; null when none is known';

-- ---------------------------------------------------------------------------------------------
ALTER TABLE fact_inventory
  ADD COLUMN updated_at         timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN change_ordered_at  timestamptz,
  ADD COLUMN change_lsn         bigint,
  ADD COLUMN change_index       integer NOT NULL DEFAULT 0,
  ADD COLUMN content_hash       uuid,
  ADD COLUMN row_hash           bigint;

COMMENT ON COLUMN fact_inventory.updated_at IS 'When the row last changed here';
COMMENT ON COLUMN fact_inventory.change_ordered_at IS 'Mark of the event that the row shows: when the log took it';
COMMENT ON COLUMN fact_inventory.change_lsn IS 'Mark of the event that the row shows: always null';
COMMENT ON COLUMN fact_inventory.change_index IS 'Mark of the event that the row shows: always 0';
COMMENT ON COLUMN fact_inventory.content_hash IS 'Hash of what that event said; decides between events with equal marks';
COMMENT ON COLUMN fact_inventory.row_hash IS 'Hash of all columns, derived ones too';

-- ---------------------------------------------------------------------------------------------
ALTER TABLE dead_letter ADD COLUMN replayed_at timestamptz;

COMMENT ON COLUMN dead_letter.status IS 'waiting, replaying (taken up to be sent through again), or replayed (sent through again, and not met again since)';
COMMENT ON COLUMN dead_letter.replayed_at IS 'When it was last taken up to be sent through again; null when never';

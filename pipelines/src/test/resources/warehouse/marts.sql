-- A handful of lines whose marts can be computed by hand.
INSERT INTO dim_customer (customer_key, customer_id, region, customer_segment_vietnam, effective_date, expiry_date, is_current, is_inferred)
VALUES
  (1, 'C1', 'North', 'Premium', '2024-01-01+07', NULL, true, false),
  (2, 'C2', 'South', 'Regular', '2024-01-01+07', '2025-01-01+07', false, false),
  (3, 'C2', 'North', 'Regular', '2025-01-01+07', NULL, true, false),
  (4, 'C3', NULL, NULL, '1900-01-01+00', NULL, true, true),
  (5, 'C9', 'North', 'Regular', '2024-01-01+07', NULL, true, false);

-- P1: the price changed on 2024-01-15 (more than a year before the latest order) and on 2025-02-01; on
-- 2025-03-01 only the name did.
INSERT INTO dim_product (product_key, product_id, name, vietnam_category, brand, platform, price_usd, price_vnd, stock, effective_date, expiry_date, is_current)
VALUES
  (1, 'P1', 'Old name', 'Laptop', 'Acme', 'Shopee', 8, 192000, 5, '2023-01-01+07', '2024-01-15+07', false),
  (2, 'P1', 'Old name', 'Laptop', 'Acme', 'Shopee', 10, 240000, 5, '2024-01-15+07', '2025-02-01+07', false),
  (3, 'P1', 'Old name', 'Laptop', 'Acme', 'Shopee', 12, 288000, 5, '2025-02-01+07', '2025-03-01+07', false),
  (4, 'P1', 'New name', 'Laptop', 'Acme', 'Shopee', 12, 288000, 5, '2025-03-01+07', NULL, true),
  (5, 'P2', 'Phone', 'Phones', 'Acme', 'Tiki', 10, 240000, 7, '2023-01-01+07', NULL, true),
  (6, 'P3', 'Laptop', 'Laptop', NULL, NULL, 10, 240000, NULL, '2023-01-01+07', NULL, true),
  (7, 'P4', 'Unsold', 'Phones', 'Acme', 'Tiki', 10, 240000, 9, '2023-01-01+07', NULL, true);

INSERT INTO fact_sales (order_id, order_number, customer_key, customer_id, product_key, product_id, time_key, order_timestamp,
  geography_key, platform_key, platform, quantity, total_amount_usd, total_amount_vnd, vat_amount_vnd, platform_commission,
  profit_margin_usd, vietnam_promotion_applied, is_tet_season, is_shopping_festival, is_deleted)
SELECT order_id, order_number, customer_key, customer_id, product_key, product_id,
  coalesce(to_char(day, 'YYYYMMDD')::int, -1), day + TIME '08:00' AT TIME ZONE '+07',
  coalesce((SELECT geography_key FROM dim_geography g WHERE g.city = l.city), -1),
  coalesce((SELECT platform_key FROM dim_platform p WHERE p.platform = l.platform), -1), platform,
  quantity, usd, usd * 24000, usd * 2400, round(usd * CASE platform WHEN 'Shopee' THEN 0.055 WHEN 'Tiki' THEN 0.08 END, 4), usd * 0.2,
  promoted, day BETWEEN '2025-01-21' AND '2025-02-20', false, deleted
FROM (VALUES
  ('L1', 'N1', 1, 'C1', 4, 'P1', date '2025-03-03', 'Hanoi', 'Shopee', 2, 20.0, false, false),
  ('L2', 'N1', 1, 'C1', 5, 'P2', '2025-03-03', 'Hanoi', 'Shopee', 1, 10.0, false, false),
  ('L3', NULL, 1, 'C1', 4, 'P1', '2025-03-04', 'Hanoi', 'Shopee', -1, -10.0, false, false),
  ('L4', 'N2', 3, 'C2', 4, 'P1', '2025-03-10', NULL, NULL, 1, NULL, NULL, false),
  ('L5', NULL, -1, NULL, -1, NULL, NULL, 'Ho Chi Minh City', 'Tiki', 3, 30.0, false, false),
  ('L6', 'N3', 1, 'C1', 4, 'P1', '2025-03-03', 'Hanoi', 'Shopee', 100, 1000.0, false, true),
  ('L7', 'N4', 3, 'C2', 6, 'P3', '2025-03-05', 'Hanoi', 'Shopee', 1, 5.0, true, false),
  ('L8', 'N5', 1, 'C1', 6, 'P3', '2025-01-25', 'Hanoi', 'Shopee', 4, 40.0, true, false),
  ('L9', 'N6', 1, 'C1', 6, 'P3', '2025-01-10', 'Hanoi', 'Shopee', 1, 10.0, false, false),
  ('L10', 'N7', 4, 'C3', 2, 'P1', '2025-01-11', 'Hanoi', 'Shopee', 1, 10.0, true, false)
) AS l (order_id, order_number, customer_key, customer_id, product_key, product_id, day, city, platform, quantity, usd, promoted, deleted);

-- A delete of a line that was never seen.
INSERT INTO fact_sales (order_id, is_deleted, deleted_ordered_at) VALUES ('L11', true, now());

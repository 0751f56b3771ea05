-- Views over a shop's own tables, of the shape that Phù Sa reads. This shop keeps its tables in the schema "web", counts
-- in dong, and says in updated_at, a naive UTC time, when a row changed. An administrator runs it in the shop's database,
-- and again after a change. (Columns that are renamed or reordered need a DROP VIEW before.)
CREATE SCHEMA IF NOT EXISTS phusa;

-- Dong for one US dollar: exactly the one undated exchangeRate of rules.yaml. Dong become dollars here, and dong again
-- in the warehouse; an amount differs by its dollars' fourth decimal, that is by two dong at most.
CREATE OR REPLACE FUNCTION phusa.usd(dong numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT round(dong / 24000, 4)';

CREATE OR REPLACE VIEW phusa.customers AS
SELECT 'web-' || id AS customer_id, name AS full_name, email, phone, NULL::date AS date_of_birth, NULL::text AS gender,
       (created_at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS registration_date,
       province AS city, NULL::text AS state, 'Vietnam' AS country,
       NULL::text AS postal_code, NULL::text AS customer_segment, NULL::text AS income_level,
       NULL::numeric AS monthly_spending_usd, NULL::text AS preferred_device, NULL::text AS preferred_payment_method,
       NULL::text AS shopping_frequency, NULL::text AS vietnam_region_preference,
       updated_at AT TIME ZONE 'UTC' AS last_modified
FROM web.users;

CREATE OR REPLACE VIEW phusa.products AS
SELECT sku AS product_id, title AS name, category, brand, 'Website' AS platform, phusa.usd(price) AS price_usd, stock,
       NULL::numeric AS rating, NULL::integer AS review_count, updated_at AT TIME ZONE 'UTC' AS last_modified
FROM web.items;

-- One row for each line of a basket. No index serves greatest(): each range of a first load reads the whole join.
-- Beyond a million lines or so, let a trigger set order_lines.updated_at when its order changes, and take that alone.
-- Index the other views' times: CREATE INDEX ON web.users ((updated_at AT TIME ZONE 'UTC')), and so on.
CREATE OR REPLACE VIEW phusa.orders AS
SELECT l.id::text AS order_id, o.code AS order_number, 'web-' || o.user_id AS customer_id, l.sku AS product_id,
       'Website' AS platform, o.ship_province AS city, l.quantity, phusa.usd(l.price) AS unit_price_usd,
       phusa.usd(l.price * l.quantity) AS subtotal_usd, phusa.usd(l.discount) AS discount_amount_usd,
       NULL::numeric AS tax_amount_usd, NULL::numeric AS shipping_cost_usd,
       phusa.usd(l.price * l.quantity - l.discount) AS total_amount_usd, NULL::numeric AS profit_margin_usd,
       o.payment AS payment_method, l.discount > 0 AS vietnam_promotion_applied, o.status,
       o.placed_at AT TIME ZONE 'UTC' AS order_date,
       greatest(o.updated_at, l.updated_at) AT TIME ZONE 'UTC' AS last_modified
FROM web.order_lines l JOIN web.orders o ON o.id = l.order_id;

CREATE OR REPLACE VIEW phusa.transactions AS
SELECT p.id::text AS transaction_id, l.id::text AS order_id, p.method AS payment_method, phusa.usd(p.amount) AS amount_usd,
       p.status, p.paid_at AT TIME ZONE 'UTC' AS transaction_date, p.updated_at AT TIME ZONE 'UTC' AS last_modified
FROM web.payments p
LEFT JOIN LATERAL (SELECT id FROM web.order_lines WHERE order_id = p.order_id ORDER BY id LIMIT 1) l ON true;

-- The role reads the views alone, and finds them without naming their schema.
GRANT USAGE ON SCHEMA phusa TO phusa_shop;
GRANT SELECT ON ALL TABLES IN SCHEMA phusa TO phusa_shop;
ALTER ROLE phusa_shop SET search_path = phusa;

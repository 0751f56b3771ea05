-- The operational database that the warehouse is fed from. It is only read, and loads read all columns but created_at.
-- Rows may be dirty: no foreign keys, nulls almost everywhere, free text as people typed it.
-- last_modified is set by the application (now(), or what it says) with every insert and update; a default alone does
-- not move it. Where the times of a shop have no zone, --oltpTimeZone says which they are in.

CREATE TABLE IF NOT EXISTS customers (
  customer_id               text PRIMARY KEY,
  full_name                 text,
  email                     text,
  phone                     text,
  date_of_birth             date,
  gender                    text,
  registration_date         date,
  city                      text,
  state                     text,
  country                   text,
  postal_code               text,
  customer_segment          text,
  income_level              text,
  monthly_spending_usd      numeric(14,2),
  preferred_device          text,
  preferred_payment_method  text,
  shopping_frequency        text,
  vietnam_region_preference text,
  created_at                timestamptz NOT NULL DEFAULT now(),
  last_modified             timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS products (
  product_id    text PRIMARY KEY,
  name          text,
  category      text,
  brand         text,
  platform      text,
  price_usd     numeric(14,2),
  stock         integer,
  rating        numeric(3,2),
  review_count  integer,
  created_at    timestamptz NOT NULL DEFAULT now(),
  last_modified timestamptz NOT NULL DEFAULT now()
);

-- One row per order line. order_id identifies the line; order_number groups the lines of one basket
-- (null: the line is a basket of its own).
CREATE TABLE IF NOT EXISTS orders (
  order_id                  text PRIMARY KEY,
  order_number              text,
  customer_id               text,
  product_id                text,
  platform                  text,
  city                      text,
  quantity                  integer,
  unit_price_usd            numeric(14,4),
  subtotal_usd              numeric(14,4),
  discount_amount_usd       numeric(14,4),
  tax_amount_usd            numeric(14,4),
  shipping_cost_usd         numeric(14,4),
  total_amount_usd          numeric(14,4),
  profit_margin_usd         numeric(14,4),
  payment_method            text,
  vietnam_promotion_applied boolean,
  status                    text,
  order_date                timestamptz,
  created_at                timestamptz NOT NULL DEFAULT now(),
  last_modified             timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS transactions (
  transaction_id   text PRIMARY KEY,
  order_id         text,
  payment_method   text,
  amount_usd       numeric(14,4),
  status           text,
  transaction_date timestamptz,
  created_at       timestamptz NOT NULL DEFAULT now(),
  last_modified    timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX IF NOT EXISTS customers_last_modified    ON customers (last_modified);
CREATE INDEX IF NOT EXISTS products_last_modified     ON products (last_modified);
CREATE INDEX IF NOT EXISTS orders_last_modified       ON orders (last_modified);
CREATE INDEX IF NOT EXISTS transactions_last_modified ON transactions (last_modified);

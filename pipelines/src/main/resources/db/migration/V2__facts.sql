-- The facts. They carry no foreign keys: those make a bulk load six times slower, keys are right by
-- construction, and a quality check watches it.
-- A delete of a line that was never seen leaves a row with nothing but its key, so that an older state that
-- arrives later stays deleted: most columns are nullable for that.

-- ---------------------------------------------------------------------------------------------
CREATE TABLE fact_sales (
  order_id                   text PRIMARY KEY,
  order_number               text,
  customer_key               bigint NOT NULL DEFAULT -1,
  product_key                bigint NOT NULL DEFAULT -1,
  time_key                   integer NOT NULL DEFAULT -1,
  geography_key              bigint NOT NULL DEFAULT -1,
  platform_key               bigint NOT NULL DEFAULT -1,
  quantity                   integer,
  unit_price_usd             numeric(18,4),
  unit_price_vnd             numeric(22,0),
  total_amount_usd           numeric(18,4),
  total_amount_vnd           numeric(22,0),
  discount_amount_usd        numeric(18,4),
  tax_amount_usd             numeric(18,4),
  vat_amount_vnd             numeric(22,0),
  shipping_cost_usd          numeric(18,4),
  profit_margin_usd          numeric(18,4),
  platform_commission        numeric(18,4),
  vietnam_promotion_applied  boolean,
  payment_method_local       text,
  is_tet_season              boolean,
  is_shopping_festival       boolean,
  status                     text,
  platform                   text,
  city                       text,
  order_timestamp            timestamptz,
  customer_id                text,
  product_id                 text,
  source                     text,
  source_modified_at         timestamptz,
  is_deleted                 boolean NOT NULL DEFAULT false,
  created_at                 timestamptz NOT NULL DEFAULT now(),
  updated_at                 timestamptz NOT NULL DEFAULT now(),
  change_ordered_at          timestamptz,
  change_lsn                 bigint,
  change_index               integer NOT NULL DEFAULT 0,
  content_hash               uuid,
  row_hash                   bigint,
  deleted_ordered_at         timestamptz,
  deleted_lsn                bigint,
  deleted_index              integer
);

CREATE INDEX fact_sales_customer_key ON fact_sales (customer_key);
CREATE INDEX fact_sales_product_key ON fact_sales (product_key);
CREATE INDEX fact_sales_time_key ON fact_sales (time_key);

COMMENT ON TABLE fact_sales IS 'Order lines, one row per line; the newest state of each, deleted ones included';
COMMENT ON COLUMN fact_sales.order_id IS 'Key of the order line at the source';
COMMENT ON COLUMN fact_sales.order_number IS 'Groups the lines of one basket; null: the line is a basket of its own';
COMMENT ON COLUMN fact_sales.customer_key IS 'The version of the customer that held at order_timestamp (dim_customer); -1 when unknown';
COMMENT ON COLUMN fact_sales.product_key IS 'The version of the product that held at order_timestamp (dim_product); -1 when unknown';
COMMENT ON COLUMN fact_sales.time_key IS 'Vietnamese day of the order as yyyymmdd (dim_time); -1 when unknown';
COMMENT ON COLUMN fact_sales.geography_key IS 'Place of the order (dim_geography); -1 when unknown';
COMMENT ON COLUMN fact_sales.platform_key IS 'Platform of the order (dim_platform); -1 when unknown';
COMMENT ON COLUMN fact_sales.quantity IS 'Units; negative for a return';
COMMENT ON COLUMN fact_sales.unit_price_usd IS 'Price of one unit in US dollars';
COMMENT ON COLUMN fact_sales.unit_price_vnd IS 'Price of one unit in whole dong';
COMMENT ON COLUMN fact_sales.total_amount_usd IS 'What is paid for the line in US dollars; negative for a return';
COMMENT ON COLUMN fact_sales.total_amount_vnd IS 'What is paid for the line in whole dong; negative for a return';
COMMENT ON COLUMN fact_sales.discount_amount_usd IS 'Discount in US dollars';
COMMENT ON COLUMN fact_sales.tax_amount_usd IS 'Tax that the source says, in US dollars';
COMMENT ON COLUMN fact_sales.vat_amount_vnd IS 'Value added tax by the rules, in whole dong';
COMMENT ON COLUMN fact_sales.shipping_cost_usd IS 'Cost of shipping in US dollars';
COMMENT ON COLUMN fact_sales.profit_margin_usd IS 'Profit of the line in US dollars, as the source says';
COMMENT ON COLUMN fact_sales.platform_commission IS 'What the platform keeps, in US dollars';
COMMENT ON COLUMN fact_sales.vietnam_promotion_applied IS 'Whether the line was sold with a promotion';
COMMENT ON COLUMN fact_sales.payment_method_local IS 'Payment method by its Vietnamese name: E_Wallet_MoMo, COD, ...';
COMMENT ON COLUMN fact_sales.is_tet_season IS 'Whether the order''s Vietnamese day lies in the Tet season; null when the time is unknown';
COMMENT ON COLUMN fact_sales.is_shopping_festival IS 'Whether the order''s Vietnamese day is a shopping festival; null when the time is unknown';
COMMENT ON COLUMN fact_sales.status IS 'Status of the order as the source has it';
COMMENT ON COLUMN fact_sales.platform IS 'Platform: its standard name where it is known, else the source''s word';
COMMENT ON COLUMN fact_sales.city IS 'City of the order: its standard name where it is known, else the source''s word';
COMMENT ON COLUMN fact_sales.order_timestamp IS 'When the order was placed';
COMMENT ON COLUMN fact_sales.customer_id IS 'Natural key of the customer; null when unknown';
COMMENT ON COLUMN fact_sales.product_id IS 'Natural key of the product; null when unknown';
COMMENT ON COLUMN fact_sales.source IS 'System that the line comes from: oltp, tiki, ...';
COMMENT ON COLUMN fact_sales.source_modified_at IS 'When the line was last modified, by the source''s word';
COMMENT ON COLUMN fact_sales.is_deleted IS 'Whether the line was deleted at the source';
COMMENT ON COLUMN fact_sales.created_at IS 'When the row came into the warehouse';
COMMENT ON COLUMN fact_sales.updated_at IS 'When the row''s content last changed in the warehouse';
COMMENT ON COLUMN fact_sales.change_ordered_at IS 'Mark of the newest state: the time by which changes are ordered; null when only a delete was seen';
COMMENT ON COLUMN fact_sales.change_lsn IS 'Mark of the newest state: log position of its commit, unsigned; null where it was not captured';
COMMENT ON COLUMN fact_sales.change_index IS 'Mark of the newest state: place in its transaction; 0 where it was not captured';
COMMENT ON COLUMN fact_sales.content_hash IS 'Mark of the newest state: hash of its canonical content, the last tie-breaker';
COMMENT ON COLUMN fact_sales.row_hash IS 'Hash of the row as it was written: equal hashes need no update';
COMMENT ON COLUMN fact_sales.deleted_ordered_at IS 'Mark of the newest delete: the time by which changes are ordered; null when none was seen';
COMMENT ON COLUMN fact_sales.deleted_lsn IS 'Mark of the newest delete: log position of its commit, unsigned';
COMMENT ON COLUMN fact_sales.deleted_index IS 'Mark of the newest delete: place in its transaction';

-- ---------------------------------------------------------------------------------------------
CREATE TABLE fact_transactions (
  transaction_id        text PRIMARY KEY,
  order_id              text,
  time_key              integer NOT NULL DEFAULT -1,
  payment_method_local  text,
  amount_usd            numeric(18,4),
  amount_vnd            numeric(22,0),
  status                text,
  transaction_date      timestamptz,
  source                text,
  source_modified_at    timestamptz,
  is_deleted            boolean NOT NULL DEFAULT false,
  created_at            timestamptz NOT NULL DEFAULT now(),
  updated_at            timestamptz NOT NULL DEFAULT now(),
  change_ordered_at     timestamptz,
  change_lsn            bigint,
  change_index          integer NOT NULL DEFAULT 0,
  content_hash          uuid,
  row_hash              bigint,
  deleted_ordered_at    timestamptz,
  deleted_lsn           bigint,
  deleted_index         integer
);

CREATE INDEX fact_transactions_order_id ON fact_transactions (order_id);
CREATE INDEX fact_transactions_time_key ON fact_transactions (time_key);

COMMENT ON TABLE fact_transactions IS 'Payments, one row each; the newest state, deleted ones included';
COMMENT ON COLUMN fact_transactions.transaction_id IS 'Key of the payment at the source';
COMMENT ON COLUMN fact_transactions.order_id IS 'The order line that it pays for; null when unknown';
COMMENT ON COLUMN fact_transactions.time_key IS 'Vietnamese day of the payment as yyyymmdd (dim_time); -1 when unknown';
COMMENT ON COLUMN fact_transactions.payment_method_local IS 'Payment method by its Vietnamese name: E_Wallet_MoMo, COD, ...';
COMMENT ON COLUMN fact_transactions.amount_usd IS 'Amount in US dollars';
COMMENT ON COLUMN fact_transactions.amount_vnd IS 'Amount in whole dong';
COMMENT ON COLUMN fact_transactions.status IS 'Status of the payment as the source has it';
COMMENT ON COLUMN fact_transactions.transaction_date IS 'When it was paid';
COMMENT ON COLUMN fact_transactions.source IS 'System that the payment comes from';
COMMENT ON COLUMN fact_transactions.source_modified_at IS 'When the payment was last modified, by the source''s word';
COMMENT ON COLUMN fact_transactions.is_deleted IS 'Whether the payment was deleted at the source';
COMMENT ON COLUMN fact_transactions.created_at IS 'When the row came into the warehouse';
COMMENT ON COLUMN fact_transactions.updated_at IS 'When the row''s content last changed in the warehouse';
COMMENT ON COLUMN fact_transactions.change_ordered_at IS 'Mark of the newest state: the time by which changes are ordered; null when only a delete was seen';
COMMENT ON COLUMN fact_transactions.change_lsn IS 'Mark of the newest state: log position of its commit, unsigned; null where it was not captured';
COMMENT ON COLUMN fact_transactions.change_index IS 'Mark of the newest state: place in its transaction; 0 where it was not captured';
COMMENT ON COLUMN fact_transactions.content_hash IS 'Mark of the newest state: hash of its canonical content, the last tie-breaker';
COMMENT ON COLUMN fact_transactions.row_hash IS 'Hash of the row as it was written: equal hashes need no update';
COMMENT ON COLUMN fact_transactions.deleted_ordered_at IS 'Mark of the newest delete: the time by which changes are ordered; null when none was seen';
COMMENT ON COLUMN fact_transactions.deleted_lsn IS 'Mark of the newest delete: log position of its commit, unsigned';
COMMENT ON COLUMN fact_transactions.deleted_index IS 'Mark of the newest delete: place in its transaction';

-- ---------------------------------------------------------------------------------------------
CREATE TABLE fact_sales_realtime (
  order_id              text PRIMARY KEY,
  customer_id           text,
  product_id            text,
  quantity              integer,
  unit_price_usd        numeric(18,4),
  total_amount_usd      numeric(18,4),
  platform              text,
  payment_method        text,
  order_timestamp       timestamptz,
  city                  text,
  region                text,
  total_amount_vnd      numeric(22,0),
  unit_price_vnd        numeric(22,0),
  payment_method_local  text,
  is_tet_season         boolean,
  is_shopping_festival  boolean,
  processed_timestamp   timestamptz NOT NULL DEFAULT now()
);

-- The five-minute windows are recomputed from the rows of their interval.
CREATE INDEX fact_sales_realtime_order_timestamp ON fact_sales_realtime (order_timestamp);

COMMENT ON TABLE fact_sales_realtime IS 'Order lines as the stream of sales events tells them, one row per line';
COMMENT ON COLUMN fact_sales_realtime.order_id IS 'Key of the order line';
COMMENT ON COLUMN fact_sales_realtime.customer_id IS 'Natural key of the customer; null when unknown';
COMMENT ON COLUMN fact_sales_realtime.product_id IS 'Natural key of the product; null when unknown';
COMMENT ON COLUMN fact_sales_realtime.quantity IS 'Units; negative for a return';
COMMENT ON COLUMN fact_sales_realtime.unit_price_usd IS 'Price of one unit in US dollars';
COMMENT ON COLUMN fact_sales_realtime.total_amount_usd IS 'What is paid for the line in US dollars';
COMMENT ON COLUMN fact_sales_realtime.platform IS 'Platform by its standard name; "Unknown" for none';
COMMENT ON COLUMN fact_sales_realtime.payment_method IS 'Payment method as the event has it';
COMMENT ON COLUMN fact_sales_realtime.order_timestamp IS 'When the order was placed';
COMMENT ON COLUMN fact_sales_realtime.city IS 'City by its standard name';
COMMENT ON COLUMN fact_sales_realtime.region IS 'North, Central, South or Unknown';
COMMENT ON COLUMN fact_sales_realtime.total_amount_vnd IS 'What is paid for the line in whole dong';
COMMENT ON COLUMN fact_sales_realtime.unit_price_vnd IS 'Price of one unit in whole dong';
COMMENT ON COLUMN fact_sales_realtime.payment_method_local IS 'Payment method by its Vietnamese name';
COMMENT ON COLUMN fact_sales_realtime.is_tet_season IS 'Whether the order''s Vietnamese day lies in the Tet season';
COMMENT ON COLUMN fact_sales_realtime.is_shopping_festival IS 'Whether the order''s Vietnamese day is a shopping festival';
COMMENT ON COLUMN fact_sales_realtime.processed_timestamp IS 'When the pipeline wrote the row';

-- ---------------------------------------------------------------------------------------------
CREATE TABLE fact_inventory (
  event_id         text PRIMARY KEY,
  product_key      bigint NOT NULL DEFAULT -1,
  product_id       text,
  warehouse        text,
  quantity_change  integer,
  stock_after      integer,
  reason           text,
  event_timestamp  timestamptz,
  created_at       timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX fact_inventory_product_key ON fact_inventory (product_key);

COMMENT ON TABLE fact_inventory IS 'Stock movements, one row per event';
COMMENT ON COLUMN fact_inventory.event_id IS 'Key of the event';
COMMENT ON COLUMN fact_inventory.product_key IS 'The version of the product that held at event_timestamp (dim_product); -1 when unknown';
COMMENT ON COLUMN fact_inventory.product_id IS 'Natural key of the product';
COMMENT ON COLUMN fact_inventory.warehouse IS 'Where the stock lies; null when unknown';
COMMENT ON COLUMN fact_inventory.quantity_change IS 'Units; negative when stock leaves';
COMMENT ON COLUMN fact_inventory.stock_after IS 'Units in stock after the movement; null when unknown';
COMMENT ON COLUMN fact_inventory.reason IS 'Why the stock moved, as the source says';
COMMENT ON COLUMN fact_inventory.event_timestamp IS 'When the stock moved';
COMMENT ON COLUMN fact_inventory.created_at IS 'When the row came into the warehouse';

-- ---------------------------------------------------------------------------------------------
CREATE TABLE fact_user_activity (
  activity_id         text PRIMARY KEY,
  customer_key        bigint NOT NULL DEFAULT -1,
  customer_id         text,
  product_key         bigint NOT NULL DEFAULT -1,
  product_id          text,
  activity_type       text,
  platform            text,
  device              text,
  session_id          text,
  time_key            integer NOT NULL DEFAULT -1,
  activity_timestamp  timestamptz,
  created_at          timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX fact_user_activity_customer_key ON fact_user_activity (customer_key);
CREATE INDEX fact_user_activity_product_key ON fact_user_activity (product_key);
CREATE INDEX fact_user_activity_time_key ON fact_user_activity (time_key);

COMMENT ON TABLE fact_user_activity IS 'What visitors did on the platforms, one row per activity';
COMMENT ON COLUMN fact_user_activity.activity_id IS 'Key of the activity at the source';
COMMENT ON COLUMN fact_user_activity.customer_key IS 'The version of the customer that held at activity_timestamp (dim_customer); -1 when unknown';
COMMENT ON COLUMN fact_user_activity.customer_id IS 'Natural key of the customer; null for a guest';
COMMENT ON COLUMN fact_user_activity.product_key IS 'The version of the product that held at activity_timestamp (dim_product); -1 when unknown';
COMMENT ON COLUMN fact_user_activity.product_id IS 'Natural key of the product; null when none is concerned';
COMMENT ON COLUMN fact_user_activity.activity_type IS 'What was done, as the source says';
COMMENT ON COLUMN fact_user_activity.platform IS 'Platform by its standard name';
COMMENT ON COLUMN fact_user_activity.device IS 'Device as the source says';
COMMENT ON COLUMN fact_user_activity.session_id IS 'Groups the activities of one visit';
COMMENT ON COLUMN fact_user_activity.time_key IS 'Vietnamese day of the activity as yyyymmdd (dim_time); -1 when unknown';
COMMENT ON COLUMN fact_user_activity.activity_timestamp IS 'When it was done';
COMMENT ON COLUMN fact_user_activity.created_at IS 'When the row came into the warehouse';

-- ---------------------------------------------------------------------------------------------
CREATE TABLE fact_system_event (
  event_id         text PRIMARY KEY,
  kind             text NOT NULL CHECK (kind IN ('system', 'error')),
  service          text,
  level            text,
  message          text,
  event_timestamp  timestamptz,
  created_at       timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX fact_system_event_timestamp ON fact_system_event (event_timestamp);

COMMENT ON TABLE fact_system_event IS 'Events and errors of the shop''s systems, one row each';
COMMENT ON COLUMN fact_system_event.event_id IS 'Key of the event at the source';
COMMENT ON COLUMN fact_system_event.kind IS 'system or error';
COMMENT ON COLUMN fact_system_event.service IS 'The service that reported it';
COMMENT ON COLUMN fact_system_event.level IS 'Level as the source says: INFO, WARN, ERROR, ...';
COMMENT ON COLUMN fact_system_event.message IS 'The message as it came';
COMMENT ON COLUMN fact_system_event.event_timestamp IS 'When it happened';
COMMENT ON COLUMN fact_system_event.created_at IS 'When the row came into the warehouse';

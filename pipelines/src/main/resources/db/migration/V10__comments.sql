-- What earlier comments did not say, or did not say rightly.

COMMENT ON TABLE dim_customer IS
  'Customers with their history (SCD type 2): one row per version. Type 2: full_name, email, city with region, customer_segment, income_level; every other attribute holds the newest known value in all versions. An attribute is null where the source says null or has said nothing of it.';
COMMENT ON COLUMN dim_customer.customer_segment IS 'The source''s own segment (type 2): the version that a sale points to has that of the time of sale';
COMMENT ON COLUMN dim_customer.customer_segment_vietnam IS 'Premium, High_Value or Regular, by monthly spending in VND; the current one, in every version';

COMMENT ON TABLE dim_product IS
  'Products with their history (SCD type 2): one row per version. Type 2: name, category with vietnam_category, brand, price_usd and price_vnd; every other attribute holds the newest known value in all versions. An attribute is null where the source says null or has said nothing of it.';
COMMENT ON COLUMN dim_product.stock IS 'Units in stock now, in every version; from whichever source is newest; null when unknown';
COMMENT ON COLUMN dim_product.rating IS 'Average rating now, in every version, 0 to 5; null when unrated';
COMMENT ON COLUMN dim_product.review_count IS 'Number of reviews now, in every version; null when unknown';

COMMENT ON TABLE fact_sales IS
  'Order lines, one row per line; the newest state of each, deleted ones included. Of a line of which nothing but its delete was seen the content is null and the dimension keys are -1.';
COMMENT ON TABLE fact_transactions IS
  'Payments, one row each; the newest state, deleted ones included. Of a payment of which nothing but its delete was seen the content is null and time_key is -1.';

COMMENT ON TABLE scd_change IS
  'The changes of a key of which more than one whole state is known (a first load writes none): the set from which the key''s versions are computed again when a further change arrives, in whatever order. Left out are those that make no difference any more: stock movements and other changes of type-1 attributes alone that were not captured, once later ones carry all that they do.';
COMMENT ON COLUMN scd_change.attributes IS 'The attributes that the change carried, as texts; an absent one is not in it, null is one that the source says is null';

COMMENT ON COLUMN etl_count.part IS 'The part of the work that is counted: the id of a batch, a range, ...; a retry looks for it and does not count it again';

COMMENT ON COLUMN dead_letter.id IS 'Hash of source, position, stage and reason: the same failure met again is the same row';
COMMENT ON COLUMN dead_letter.stage IS 'The step that rejected it: cleanse-sales, write-fact_sales, decode-sales, extract-orders, ...';
COMMENT ON COLUMN dead_letter.position IS 'Where in the source it stands: "topic/partition/offset", "table/key@last_modified", "raw_orders/platform:kind:id@time", "kind/id" of what was extracted, "file:line" of a feed';
COMMENT ON COLUMN dead_letter.payload IS 'The record as it came; of one that is too long its beginning';
COMMENT ON COLUMN dead_letter.payload_encoding IS 'How payload holds it: text, or base64 where it holds what a text column cannot';

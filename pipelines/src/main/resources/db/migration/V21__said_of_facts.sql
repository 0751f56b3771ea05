-- What the source said, beside what the rules made of it: what a state is known by, and what other rules start from.
ALTER TABLE fact_sales ADD COLUMN said jsonb;
ALTER TABLE fact_transactions ADD COLUMN said jsonb;
ALTER TABLE fact_sales_realtime ADD COLUMN said jsonb;

COMMENT ON COLUMN fact_sales.said IS 'What the source said and no column holds as it did, as texts: names that the rules made others of, amounts in dong, a subtotal that is not quantity times price; null in a row of before this was kept';
COMMENT ON COLUMN fact_transactions.said IS 'What the source said and no column holds as it did, as texts: the payment method where the rules made another of it; null in a row of before this was kept';
COMMENT ON COLUMN fact_sales_realtime.said IS 'What the event said and no column holds as it did, as texts: names that the rules made others of; null in a row of before this was kept';
COMMENT ON COLUMN dim_customer.said IS 'What the source said of attributes that stand otherwise here, since rules cleanse them, as texts; what changes are compared by, and what other rules start from';
COMMENT ON COLUMN dim_product.said IS 'What the source said of attributes that stand otherwise here, since rules cleanse them or make one price of the other, as texts; what changes are compared by, and what other rules start from';

-- Lines that the newest state of a marketplace's order no longer has are found by the order. The operational
-- database's lines are left out: its deletes are told otherwise, and its loads pay nothing for the index.
CREATE INDEX fact_sales_staged_order ON fact_sales (order_number, source) WHERE source <> 'oltp';

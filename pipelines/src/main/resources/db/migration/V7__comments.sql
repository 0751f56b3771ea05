-- What V5 said of it was not so.
COMMENT ON COLUMN fact_inventory.change_ordered_at IS 'Mark of the event that the row shows: when the stock moved';

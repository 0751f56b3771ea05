-- What a load saw beside the position: status shows it, and the next load compares.
ALTER TABLE etl_watermark
  ADD COLUMN held_by text,
  ADD COLUMN newest  timestamptz;

COMMENT ON COLUMN etl_watermark.held_by IS 'Who kept the last load from reading up to some minutes before the present: the oldest open or prepared transaction of the source, or its replica; null when nobody did';
COMMENT ON COLUMN etl_watermark.newest IS 'The newest time of modification that the last load of a polled table saw; null when it saw none';

COMMENT ON COLUMN dead_letter.seen_at IS 'When it was last met';

package vn.phusa.pipelines.io.warehouse.schema;

import java.time.Duration;

/**
 * A mart that was refreshed.
 *
 * @param mart the materialized view's name
 * @param rows the rows that it holds now
 * @param duration how long it took
 */
public record RefreshedMart(String mart, long rows, Duration duration) {}

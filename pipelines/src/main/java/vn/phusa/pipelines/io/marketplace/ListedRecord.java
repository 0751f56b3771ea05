package vn.phusa.pipelines.io.marketplace;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A record that a platform gave.
 *
 * @param id its id; null: it has none
 * @param updated when it changed, as the platform writes it; null: not said
 * @param piece its text and what was cut out of it
 */
record ListedRecord(@Nullable String id, @Nullable String updated, Cut.Piece piece) {}

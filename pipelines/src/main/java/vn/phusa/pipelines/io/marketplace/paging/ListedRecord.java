package vn.phusa.pipelines.io.marketplace.paging;

import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.marketplace.http.ExtractedJson;

/**
 * A record that a platform gave.
 *
 * @param id its id; null: it has none
 * @param updated when it changed, as the platform writes it; null: not said
 * @param piece its text and what was extracted from it
 */
public record ListedRecord(
    @Nullable String id, @Nullable String updated, ExtractedJson.Piece piece) {}

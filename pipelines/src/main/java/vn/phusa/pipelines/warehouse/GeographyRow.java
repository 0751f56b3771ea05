package vn.phusa.pipelines.warehouse;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A row of dim_geography without its key.
 *
 * @param city the standard name
 * @param province the province, of the 63 of before 2025-07-01; null when unknown
 * @param provinceCode its code among the 63; null when unknown
 * @param region North, Central, South or Unknown
 * @param region6 the socio-economic region of before 2025; null when unknown
 * @param mergedInto the province's name since 2025-07-01; null when unknown
 */
public record GeographyRow(
    String city,
    @Nullable String province,
    @Nullable String provinceCode,
    String region,
    @Nullable String region6,
    @Nullable String mergedInto) {}

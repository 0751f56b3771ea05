package vn.phusa.pipelines.io.warehouse.schema;

import java.math.BigDecimal;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The few numbers that a summary shows, as of the marts' last refresh.
 *
 * @param orders orders (baskets)
 * @param revenueVnd revenue in dong, net of returns
 * @param customers known customers who have ordered
 * @param topPlatform the platform with the highest revenue; null when nothing was sold
 * @param topPlatformRevenueVnd its revenue in dong; null when nothing was sold
 * @param bestProductId the product with the highest revenue; null when nothing was sold
 * @param bestProductName its name; null when unknown
 * @param bestProductRevenueVnd its revenue in dong; null when nothing was sold
 * @param tetUplift how much more a day of the Tet season brought than the ordinary days of the same
 *     months and platforms, as a fraction (0.5 is half as much again); null when there is nothing
 *     to compare
 * @param festivalUplift the same for shopping festivals
 */
public record MartHeadlines(
    long orders,
    BigDecimal revenueVnd,
    long customers,
    @Nullable String topPlatform,
    @Nullable BigDecimal topPlatformRevenueVnd,
    @Nullable String bestProductId,
    @Nullable String bestProductName,
    @Nullable BigDecimal bestProductRevenueVnd,
    @Nullable BigDecimal tetUplift,
    @Nullable BigDecimal festivalUplift) {}

package vn.phusa.pipelines.warehouse;

import java.math.BigDecimal;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A row of dim_platform without its key.
 *
 * @param platform the standard name
 * @param commissionRate the share that the platform keeps, as a fraction (0.06 is 6 %); null when
 *     unknown
 */
public record PlatformRow(String platform, @Nullable BigDecimal commissionRate) {}

package vn.phusa.transforms.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;

/**
 * The last step of a calculation with money: it is rounded half up, away from zero for a return,
 * and must fit its column. Null stays null.
 */
public final class Amounts {

  private static final int USD_DIGITS = 14;
  private static final int USD_SCALE = 4;
  private static final int VND_DIGITS = 22;

  private Amounts() {}

  /**
   * An exact product.
   *
   * @return null where one of the two is null
   */
  public static @Nullable BigDecimal product(@Nullable BigDecimal a, @Nullable BigDecimal b) {
    return a == null || b == null ? null : a.multiply(b);
  }

  /**
   * US dollars to 4 decimals.
   *
   * @param field the name of the result, for the error
   * @throws RejectedException {@link Reason#OUT_OF_RANGE} where numeric(18,4) cannot hold it
   */
  public static @Nullable BigDecimal usd(@Nullable BigDecimal exact, String field)
      throws RejectedException {
    return fitted(exact, field, USD_DIGITS, USD_SCALE);
  }

  /**
   * Dong as US dollars to 4 decimals, rounded once.
   *
   * @param exchangeRate dong for one dollar
   * @param field the name of the result, for the error
   * @throws RejectedException {@link Reason#OUT_OF_RANGE} where numeric(18,4) cannot hold it
   */
  public static @Nullable BigDecimal usdOfDong(
      @Nullable BigDecimal exact, BigDecimal exchangeRate, String field) throws RejectedException {
    return exact == null
        ? null
        : usd(exact.divide(exchangeRate, USD_SCALE, RoundingMode.HALF_UP), field);
  }

  /**
   * Whole dong.
   *
   * @param field the name of the result, for the error
   * @throws RejectedException {@link Reason#OUT_OF_RANGE} where numeric(22,0) cannot hold it
   */
  public static @Nullable BigDecimal vnd(@Nullable BigDecimal exact, String field)
      throws RejectedException {
    return fitted(exact, field, VND_DIGITS, 0);
  }

  private static @Nullable BigDecimal fitted(
      @Nullable BigDecimal exact, String field, int digits, int scale) throws RejectedException {
    if (exact == null) {
      return null;
    }
    BigDecimal rounded = exact.setScale(scale, RoundingMode.HALF_UP);
    if (rounded.precision() - scale > digits) {
      throw new RejectedException(
          Reason.OUT_OF_RANGE, field + " has more than " + digits + " digits before the point");
    }
    return rounded;
  }
}

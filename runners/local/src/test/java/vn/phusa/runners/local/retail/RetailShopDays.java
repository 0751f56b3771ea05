package vn.phusa.runners.local.retail;

import java.util.List;
import vn.phusa.runners.local.ShopDay;

/** The days of the real shop, for tests that have shops of their own. */
public final class RetailShopDays {
  private RetailShopDays() {}

  /** Those in the repository. */
  public static List<ShopDay> inRepository() {
    RetailDays days = RetailDays.all().findFirst().orElseThrow();
    return OnlineRetail.afterEach(days.read()).stream()
        .<ShopDay>map(tables -> tables::replaceIn)
        .toList();
  }

  /** All that lie beside the repository; none where there are none. */
  public static List<ShopDay> besideRepository() {
    return RetailDays.all()
        .skip(1)
        .filter(RetailDays::isThere)
        .flatMap(days -> OnlineRetail.afterEach(days.read()).stream())
        .<ShopDay>map(tables -> tables::replaceIn)
        .toList();
  }
}

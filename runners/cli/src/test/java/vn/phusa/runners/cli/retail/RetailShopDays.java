package vn.phusa.runners.cli.retail;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vn.phusa.runners.cli.stream.ShopDay;

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

  /** The order lines of those in the repository: what each column says, as the shop has it. */
  public static List<Map<String, String>> ordersInRepository() {
    List<RetailTables> tables =
        OnlineRetail.afterEach(RetailDays.all().findFirst().orElseThrow().read());
    return tables.get(tables.size() - 1).orders().stream().map(RetailShopDays::named).toList();
  }

  private static Map<String, String> named(List<String> order) {
    Map<String, String> named = new LinkedHashMap<>();
    for (int i = 0; i < order.size(); i++) {
      named.put(RetailTables.ORDER_COLUMNS.get(i), order.get(i));
    }
    return named;
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

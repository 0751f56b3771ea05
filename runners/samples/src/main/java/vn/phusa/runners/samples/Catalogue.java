package vn.phusa.runners.samples;

import java.util.Collections;
import java.util.List;

/** What the shop sells: categories with their names, brands and prices. */
public final class Catalogue {
  /** A kind of goods: how many shares of the catalogue it has, and its prices in whole dollars. */
  private record Kind(
      int share, String category, List<String> names, List<String> brands, int from, int to) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              2,
              "mobile_phones",
              List.of("Điện thoại", "Điện thoại thông minh", "Điện thoại gập"),
              List.of("Samsung", "Xiaomi", "OPPO", "Apple", "realme", "Nokia"),
              90,
              1_400),
          new Kind(
              1,
              "laptops",
              List.of("Máy tính xách tay", "Laptop văn phòng", "Laptop gaming"),
              List.of("Dell", "Asus", "Lenovo", "HP", "Acer", "Apple"),
              300,
              2_500),
          new Kind(
              6,
              "electronics",
              List.of(
                  "Tai nghe không dây",
                  "Loa bluetooth",
                  "Sạc dự phòng",
                  "Máy ảnh",
                  "Đồng hồ thông minh"),
              List.of("Sony", "JBL", "Anker", "Canon", "Garmin"),
              8,
              600),
          new Kind(
              9,
              "fashion",
              List.of("Áo dài", "Áo thun", "Quần jean", "Giày thể thao", "Nón lá", "Túi xách"),
              List.of("Canifa", "Việt Tiến", "Biti's", "Juno", "IVY moda"),
              4,
              90),
          new Kind(
              8,
              "home_garden",
              List.of("Nồi cơm điện", "Chảo chống dính", "Bộ chăn ga", "Quạt đứng", "Chậu cây"),
              List.of("Sunhouse", "Kangaroo", "Lock&Lock", "Điện Quang", "Everon"),
              3,
              150),
          new Kind(
              4,
              "Sách",
              List.of("Truyện Kiều", "Sách thiếu nhi", "Sách nấu ăn"),
              List.of("Nhã Nam", "Kim Đồng", "Trẻ"),
              2,
              20),
          new Kind(
              6,
              "beauty",
              List.of("Son môi", "Kem chống nắng", "Sữa rửa mặt"),
              List.of("Cocoon", "Thorakao", "Senka"),
              3,
              40));

  private static final List<String> VARIANTS =
      List.of(
          "chính hãng",
          "bản 2024",
          "màu đen",
          "màu trắng",
          "cao cấp",
          "giá rẻ",
          "128GB",
          "Pro",
          "mini");

  private static final List<Kind> BY_SHARE =
      KINDS.stream().flatMap(kind -> Collections.nCopies(kind.share(), kind).stream()).toList();

  private Catalogue() {}

  /**
   * What stays the same about a product: its name without dirt, category, brand, and price in
   * cents.
   */
  public record Item(String name, String category, String brand, long priceCents) {}

  static Item item(ShopPlan plan, long number) {
    return item(plan.random("item", number), number);
  }

  /** Goods that the random numbers pick; the number makes the name unique. */
  public static Item item(SampleRandom random, long number) {
    Kind kind = random.pick(BY_SHARE);
    String brand = random.pick(kind.brands());
    String name =
        random.pick(kind.names()) + " " + brand + " " + random.pick(VARIANTS) + " " + number;
    double cheap = random.unit() * random.unit();
    long price = Math.round((kind.from() + (kind.to() - kind.from()) * cheap) * 100);
    return new Item(name, kind.category(), brand, price);
  }
}

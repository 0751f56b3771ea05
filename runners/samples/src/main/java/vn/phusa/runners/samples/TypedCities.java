package vn.phusa.runners.samples;

import java.util.ArrayList;
import java.util.List;

/** Cities as they are entered, the large ones more often. */
final class TypedCities {
  /** One city: how many in a thousand are there, and how it is spelled. */
  private record City(int share, List<String> spellings) {}

  private static final List<City> CITIES =
      List.of(
          new City(
              300,
              List.of(
                  "Hồ Chí Minh",
                  "tp hcm",
                  "TP.HCM",
                  "Sài Gòn",
                  "sg",
                  "saigon",
                  "HCM",
                  "TP. Hồ Chí Minh",
                  "Thành phố Hồ Chí Minh",
                  "ho chi minh",
                  "Ho Chi Minh City",
                  " hcm ")),
          new City(
              230,
              List.of(
                  "Hà Nội",
                  "HN",
                  "hn",
                  "ha noi",
                  "HÀ NỘI",
                  "Hanoi",
                  "TP Hà Nội",
                  "Thủ đô Hà Nội",
                  "hà nội ")),
          new City(70, List.of("Đà Nẵng", "da nang", "dn", "ĐÀ NẴNG", "TP. Đà Nẵng")),
          new City(50, List.of("Hải Phòng", "hai phong", "HP", "hp", "Tp Hải Phòng")),
          new City(45, List.of("Cần Thơ", "can tho", "TP Cần Thơ", "cần thơ")),
          new City(50, List.of("tỉnh Đồng Nai", "Đồng Nai", "dong nai", "Biên Hòa", "bien hoa")),
          new City(45, List.of("Bình Dương", "binh duong", "Tỉnh Bình Dương", "Thủ Dầu Một")),
          new City(25, List.of("nha trang", "Nha Trang", "Khánh Hòa", "Khánh Hoà")),
          new City(25, List.of("Bà Rịa - Vũng Tàu", "Vũng Tàu", "vung tau", "BRVT")),
          new City(20, List.of("Huế", "hue", "Thừa Thiên Huế", "TP Huế")),
          new City(20, List.of("Quảng Ninh", "Hạ Long", "quang ninh")),
          new City(20, List.of("Nghệ An", "Vinh", "tỉnh Nghệ An")),
          new City(20, List.of("Buôn Ma Thuột", "Đắk Lắk", "Dak Lak", "đắc lắc")),
          new City(15, List.of("Quy Nhơn", "Qui Nhơn", "Bình Định")),
          new City(15, List.of("Thanh Hóa", "Thanh Hoá", "thanh hoa")),
          new City(15, List.of("Lâm Đồng", "Đà Lạt", "da lat")),
          new City(
              10,
              List.of(
                  "Cà Mau",
                  "Lạng Sơn",
                  "Cao Bằng",
                  "Quảng Nam",
                  "Quảng Ngãi",
                  "An Giang",
                  "Kiên Giang",
                  "Thái Nguyên")));

  private static final List<String> UNKNOWN =
      List.of("Làng Vũ Đại", "Xóm Mới", "Quận 7", "khác", "Đang cập nhật", "None");
  private static final List<String> FOREIGN =
      List.of("Singapore", "Tokyo", "Seoul", "Paris", "San Jose", "Vientiane", "Phnom Penh");

  private static final List<City> BY_SHARE = byShare();

  private TypedCities() {}

  static String city(SampleRandom random) {
    int kind = random.below(1000);
    if (kind < 6) {
      return random.pick(FOREIGN);
    }
    if (kind < 14) {
      return random.pick(UNKNOWN);
    }
    if (kind < 17) {
      return random.orRarely("", 0.3, "  ");
    }
    return Typing.of(random, random.pick(random.pick(BY_SHARE).spellings()));
  }

  private static List<City> byShare() {
    List<City> all = new ArrayList<>();
    for (City city : CITIES) {
      for (int i = 0; i < city.share() / 5; i++) {
        all.add(city);
      }
    }
    return List.copyOf(all);
  }
}

package vn.phusa.runners.samples;

import java.util.List;
import java.util.Locale;

/** Names, and addresses of mail that follow from them. */
public final class People {
  private static final List<String> FAMILIES =
      List.of(
          "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm", "Hoàng", "Huỳnh",
          "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Trịnh",
          "Tôn Nữ", "Mai", "Quách");
  private static final List<String> WOMENS_MIDDLES =
      List.of("Thị", "Thị", "Ngọc", "Thu", "Thanh", "Mỹ", "Bích", "Kim", "Phương", "Thùy");
  private static final List<String> MENS_MIDDLES =
      List.of("Văn", "Văn", "Đức", "Minh", "Quang", "Hữu", "Công", "Thanh", "Xuân", "Quốc");
  private static final List<String> WOMEN =
      List.of(
          "Hương", "Lan", "Mai", "Trang", "Thảo", "Ngân", "Hà", "Linh", "Yến", "Thúy", "Hòa",
          "Nhung", "Quỳnh", "Vy", "Uyên", "Đào", "Tuyết", "Diễm", "Khuê", "Ánh");
  private static final List<String> MEN =
      List.of(
          "An", "Bình", "Cường", "Dũng", "Đạt", "Hải", "Hiếu", "Hùng", "Khoa", "Long", "Nam",
          "Phúc", "Quân", "Sơn", "Tài", "Thắng", "Toàn", "Trung", "Tuấn", "Việt");
  private static final List<String> MAIL =
      List.of("mail.example", "thu.example", "shop.example", "congty.example");

  private People() {}

  /** A full name, family name first, in its proper spelling. */
  public static String fullName(SampleRandom random, boolean woman) {
    String middle = random.pick(woman ? WOMENS_MIDDLES : MENS_MIDDLES);
    return random.pick(FAMILIES) + " " + middle + " " + random.pick(woman ? WOMEN : MEN);
  }

  /** An address that no one has: the domains are reserved. */
  static String email(SampleRandom random, String fullName, long number) {
    String given = fullName.substring(fullName.lastIndexOf(' ') + 1);
    String local = Typing.withoutMarks(given).toLowerCase(Locale.ROOT) + number;
    String address = local + "@" + random.pick(MAIL);
    return switch (random.below(40)) {
      case 0 -> address.toUpperCase(Locale.ROOT);
      case 1 -> " " + address + " ";
      case 2 -> given.toLowerCase(Locale.ROOT) + number + "@" + MAIL.get(0);
      default -> address;
    };
  }

  /** How a gender is entered. */
  static String gender(SampleRandom random, boolean woman) {
    return random.pick(
        woman ? List.of("F", "F", "female", "Nữ") : List.of("M", "M", "male", "Nam"));
  }
}

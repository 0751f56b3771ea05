package vn.phusa.runners.samples;

import java.util.List;

/** Telephone numbers in the ways in which people and programs have written them. */
final class TypedPhones {
  private static final List<String> MOBILE =
      List.of(
          "32", "33", "34", "35", "36", "37", "38", "39", "56", "58", "70", "76", "77", "78", "79",
          "81", "82", "83", "84", "85", "86", "88", "89", "90", "91", "93", "94", "96", "97", "98");

  /** Eleven digits with the 0, replaced on 15 September 2018, but alive in old records. */
  private static final List<String> OLD_MOBILE =
      List.of(
          "120", "121", "122", "126", "128", "123", "124", "125", "127", "129", "162", "163", "164",
          "165", "166", "167", "168", "169", "186", "188", "199");

  private static final List<String> AREAS =
      List.of("24", "28", "236", "225", "292", "251", "258", "234", "274", "262");
  private static final List<String> GARBAGE =
      List.of("không có", "0", "0000000000", "n/a", "12345", "x", "1900 1234", "chưa cập nhật");

  private TypedPhones() {}

  static String phone(SampleRandom random) {
    int kind = random.below(1000);
    if (kind < 6) {
      return random.pick(GARBAGE);
    }
    if (kind < 60) {
      return oldMobile(random);
    }
    if (kind < 100) {
      return landline(random);
    }
    String first = random.pick(MOBILE) + digits(random, 7);
    if (kind < 130) {
      String second = random.pick(MOBILE) + digits(random, 7);
      return "0" + first + random.pick(List.of(" / 0", "; 0", " - 0", ", 0")) + second;
    }
    return written(random, first);
  }

  /** The nine national digits with what may stand before and between them. */
  private static String written(SampleRandom random, String national) {
    String a = national.substring(0, 3);
    String b = national.substring(3, 6);
    String c = national.substring(6);
    return switch (random.below(20)) {
      case 0, 1 -> "0" + a + " " + b + " " + c;
      case 2 -> "0" + a + "." + b + "." + c;
      case 3 -> "0" + a + "-" + b + "-" + c;
      case 4 -> "+84" + national;
      case 5 -> "+84 " + a + " " + b + " " + c;
      case 6 -> "84" + national;
      case 7 -> "0084" + national;
      case 8 -> "+84 (0)" + national;
      case 9 -> "+840" + national;
      case 10 -> national + ".0"; // a spreadsheet took it for a number
      case 11 -> national;
      case 12 -> "'0" + national;
      case 13 -> " 0" + national + "\u202C";
      default -> "0" + national;
    };
  }

  private static String oldMobile(SampleRandom random) {
    String national = random.pick(OLD_MOBILE) + digits(random, 7);
    return random.pick(List.of("0", "+84", "84", "0")) + national;
  }

  private static String landline(SampleRandom random) {
    String area = random.pick(AREAS);
    String subscriber = random.between(2, 8) + digits(random, 9 - area.length());
    return random.pick(
        List.of(
            "0" + area + " " + subscriber,
            "(0" + area + ")" + subscriber,
            "+84" + area + subscriber));
  }

  private static String digits(SampleRandom random, int count) {
    StringBuilder digits = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      digits.append(random.below(10));
    }
    return digits.toString();
  }
}

package vn.phusa.runners.samples;

import java.util.List;
import java.util.Locale;

/** Where and how people pay: the names that the rules know, and what is found besides. */
final class SamplePlatforms {
  static final List<String> KNOWN =
      List.of("Shopee", "Shopee", "Lazada", "Lazada", "Tiki", "Sendo", "FPTShop", "CellphoneS");
  private static final List<String> OTHERS = List.of("TikTok Shop", "Website", "Zalo", "");

  static final List<String> PAYMENTS =
      List.of(
          "momo",
          "momo",
          "zalopay",
          "vnpay",
          "cod",
          "cod",
          "cod",
          "cash_on_delivery",
          "bank_transfer",
          "credit_card",
          "debit_card");
  private static final List<String> OTHER_PAYMENTS =
      List.of("apple_pay", "shopeepay", "trả góp", "");

  private SamplePlatforms() {}

  static String platform(SampleRandom random) {
    return random.orNull(
        random.chance(0.02) ? random.pick(OTHERS) : cased(random, random.pick(KNOWN)));
  }

  static String payment(SampleRandom random) {
    return random.orNull(
        random.chance(0.02) ? random.pick(OTHER_PAYMENTS) : cased(random, random.pick(PAYMENTS)));
  }

  private static String cased(SampleRandom random, String name) {
    return switch (random.below(12)) {
      case 0 -> name.toUpperCase(Locale.ROOT);
      case 1 -> name.toLowerCase(Locale.ROOT);
      case 2 -> name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
      default -> name;
    };
  }
}

package vn.phusa.runners.cli.retail;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/** What the data set has no word for, dealt out by the number of the invoice or product. */
final class RetailDeal {
  private static final List<String> PLATFORMS =
      List.of("Lazada", "Shopee", "Tiki", "Sendo", "FPTShop", "CellphoneS");
  private static final List<String> PAYMENTS =
      List.of(
          "momo",
          "zalopay",
          "vnpay",
          "cod",
          "cash_on_delivery",
          "bank_transfer",
          "credit_card",
          "debit_card",
          "VISA");
  private static final List<String> CITIES =
      List.of("tp hcm", "HN", "da nang ", "Hai Phong", "Cần Thơ", "sài gòn", "Hue", "Nha Trang");

  private RetailDeal() {}

  static String platform(String number) {
    return deal(PLATFORMS, number);
  }

  static String payment(String invoice) {
    return deal(PAYMENTS, invoice);
  }

  /** A third of the invoices keep their country, so that unknown cities occur. */
  static String city(RetailLine line) {
    return crc(line.invoice()) % 3 == 0 ? line.country() : deal(CITIES, line.invoice());
  }

  static boolean promotion(String invoice) {
    return crc(invoice) % 7 == 0;
  }

  private static String deal(List<String> choices, String text) {
    return choices.get((int) (crc(text) % choices.size()));
  }

  private static long crc(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }
}

package vn.phusa.transforms.cleansing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.phusa.transforms.rules.FactFile;
import vn.phusa.transforms.rules.Rules;

class PhoneCleanserTest {

  private final PhoneCleanser phones = new PhoneCleanser(Rules.defaults().patterns().phone());

  @ParameterizedTest
  @CsvSource({
    "0912 345 678, +84912345678", "0912-345-678, +84912345678", "(091) 2345678, +84912345678",
    "84912345678, +84912345678", "+84912345678, +84912345678", "+84 912.345.678, +84912345678",
    "912345678, +84912345678", "12345, +8412345", "024 3826 1234, +842438261234",
    "'0912,345,678', +84912345678", "'09123abc45678', +84912345678"
  })
  @DisplayName("phone: the digits alone; 84 gets +; 0 is lost and gets +84; any other gets +84")
  void rule(String text, String phone) {
    assertThat(phones.cleanse(text)).isEqualTo(phone);
  }

  @Test
  @DisplayName("phone: Null stays null; no digit but zeros: null")
  void nothing() {
    assertThat(phones.cleanse(null)).isNull();
    assertThat(phones.cleanse("")).isNull();
    assertThat(phones.cleanse("n/a")).isNull();
    assertThat(phones.cleanse("000 0000")).isNull();
    assertThat(phones.cleanse("0.0")).isNull();
    assertThat(phones.cleanse("+84")).isNull();
    assertThat(phones.cleanse("0084 0")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "٠٩١٢٣٤٥٦٧٨, +84912345678",
    "０９１２３４５６７８, +84912345678",
    "०९१२३४५६७८, +84912345678",
    "𝟎𝟗𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖, +84912345678"
  })
  @DisplayName("phone, beyond: digits of any script are digits")
  void digitsOfAnyScript(String text, String phone) {
    assertThat(phones.cleanse(text)).isEqualTo(phone);
  }

  @ParameterizedTest
  @CsvSource({
    "0084 912 345 678, +84912345678",
    "00 84 912345678, +84912345678",
    "+84 0912 345 678, +84912345678",
    "+84 (0) 912 345 678, +84912345678",
    "84 0912345678, +84912345678",
    "0084 0912345678, +84912345678",
    "+84 24 3826 1234, +842438261234"
  })
  @DisplayName("phone, beyond: 00 84 and +84 0 are understood")
  void internationalPrefixes(String text, String phone) {
    assertThat(phones.cleanse(text)).isEqualTo(phone);
  }

  @ParameterizedTest
  @CsvSource({
    "843456789, +84843456789", "0843456789, +84843456789", "84843456789, +84843456789",
    "+84843456789, +84843456789", "84345678, +8484345678", "84123456789, +84123456789"
  })
  @DisplayName("phone, beyond: 84 is the country code only before 9 or more digits")
  void countryCode(String text, String phone) {
    assertThat(phones.cleanse(text)).isEqualTo(phone);
  }

  @ParameterizedTest
  @CsvSource({
    "912345678.0, +84912345678",
    "84912345678.0, +84912345678",
    "' 912345678.0 ', +84912345678",
    "0912.345.670, +84912345670",
    "0912345.0, +84912345"
  })
  @DisplayName("phone, beyond: a trailing \".0\" is a number once stored as a float")
  void floats(String text, String phone) {
    assertThat(phones.cleanse(text)).isEqualTo(phone);
  }

  @Test
  @DisplayName("phone, beyond: the 11-digit mobile numbers of before 2018-09-15 become today's")
  void oldMobileNumbers() {
    for (Map<String, String> fact : FactFile.read("mobile_prefix_2018.csv")) {
      String today = "+84" + fact.get("new_prefix_10_digit").substring(1) + "1234567";
      String old = fact.get("old_prefix_11_digit") + "1234567";
      assertThat(phones.cleanse(old)).isEqualTo(today);
      assertThat(phones.cleanse("+84" + old.substring(1))).isEqualTo(today);
      assertThat(phones.cleanse(old.substring(1))).isEqualTo(today);
      assertThat(phones.isValid(today)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0912345678 / 0987654321, +84912345678", "'0912345678, 0987654321', +84912345678",
    "0912345678;0987654321, +84912345678", "0912 345 678 0987 654 321, +84912345678",
    "0912 345 678 - 0987 654 321, +84912345678", "38261234/38265678, +8438261234",
    "024 3826 1234 - 024 3826 5678, +842438261234", "+84 912 345 678 +84 987 654 321, +84912345678",
    "0912345678 hoặc 0987654321, +84912345678", "028 3822 1234/5, +842838221234",
    "01234567890 0987654321, +84834567890"
  })
  @DisplayName("phone, beyond: several numbers in one field: the first")
  void severalNumbers(String text, String phone) {
    assertThat(phones.cleanse(text)).isEqualTo(phone);
  }

  @ParameterizedTest
  @CsvSource({
    "+84912345678, true",
    "+842438261234, true",
    "+8491234567, false",
    "+84912345678901, false"
  })
  @DisplayName("phone_valid: the result matches ^\\+84[0-9]{9,10}$; null is not valid")
  void valid(String phone, boolean valid) {
    assertThat(phones.isValid(phone)).isEqualTo(valid);
    assertThat(phones.isValid(null)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "+84912345678, MOBILE", "+842438261234, FIXED_LINE", "+8418001234, TOLL_FREE",
    "+84123, ", "+84812345678901234567890, ", "+84111111111, "
  })
  @DisplayName("phone_type by the numbering plan; null where no such number can exist")
  void type(String phone, String type) {
    assertThat(phones.type(phone)).isEqualTo(type);
    assertThat(phones.type(null)).isNull();
  }
}

package vn.phusa.transforms.cleansing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.Customer;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.rules.Rules;

class CustomerCleanserTest {

  private final CustomerCleanser cleanser = new CustomerCleanser();

  private static Map<String, @Nullable String> customer(@Nullable String... namesAndValues)
      throws RejectedException {
    return Shown.customer(Records.row("customer_id", namesAndValues), Rules.defaults());
  }

  private Customer said(@Nullable String... namesAndValues) throws RejectedException {
    return cleanser.cleanse(Records.row("customer_id", namesAndValues));
  }

  @ParameterizedTest
  @CsvSource({
    "'  nguyễn   VĂN an ', Nguyễn Văn An",
    "trần.thị.b, Trần.Thị.B",
    "đỗ ĐỨC, Đỗ Đức",
    "o'NEIL-smith, O'Neil-Smith",
    "b2b ltd, B2B Ltd"
  })
  @DisplayName("full_name: trimmed, runs of white space made one blank, in title case")
  void fullName(String text, String name) throws RejectedException {
    assertThat(customer("full_name", text).get("full_name")).isEqualTo(name);
  }

  @Test
  @DisplayName(
      "full_name: Null stays null. Beyond: NFC first; invisible characters removed, NBSP is"
          + " white space; empty is null")
  void fullNameBeyond() throws RejectedException {
    assertThat(customer("full_name", null).get("full_name")).isNull();
    assertThat(customer("full_name", "").get("full_name")).isNull();
    assertThat(customer("full_name", " \u200B\uFEFF\t").get("full_name")).isNull();
    assertThat(customer("full_name", "\uFEFFle\u200B\u202C thi\u00A0\u00A0hoa\b").get("full_name"))
        .isEqualTo("Le Thi Hoa");
    assertThat(
            customer("full_name", Normalizer.normalize("NGUYỄN THỊ BƯỞI", Normalizer.Form.NFD))
                .get("full_name"))
        .isEqualTo("Nguyễn Thị Bưởi");
    assertThat(customer("full_name", CityStandardiserTest.windows1258("lê thế")).get("full_name"))
        .isEqualTo("Lê Thế");
    assertThat(customer("full_name", "e\u200B\u0301 \u0301").get("full_name"))
        .isEqualTo("É \u0301");
  }

  @Test
  @DisplayName("phone, phone_valid, phone_type")
  void phone() throws RejectedException {
    Map<String, @Nullable String> known = customer("phone", "0912 345 678");
    assertThat(known.get("phone")).isEqualTo("+84912345678");
    assertThat(known.get("phone_valid")).isEqualTo("true");
    assertThat(known.get("phone_type")).isEqualTo("MOBILE");
    Map<String, @Nullable String> unknown = customer("phone", null);
    assertThat(unknown.get("phone")).isNull();
    assertThat(unknown.get("phone_valid")).isEqualTo("false");
    assertThat(unknown.get("phone_type")).isNull();
  }

  @Test
  @DisplayName("city, region: ... null for a null city")
  void city() throws RejectedException {
    assertThat(customer("city", "tp hcm").get("city")).isEqualTo("Ho Chi Minh City");
    assertThat(customer("city", "tp hcm").get("region")).isEqualTo("South");
    assertThat(customer("city", "eire").get("region")).isEqualTo("Unknown");
    assertThat(customer("city", " ").get("city")).isNull();
    assertThat(customer("city", " ").get("region")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "700000, true",
    "' 700000\t', true",
    "70000, false",
    "7000000, false",
    "70000a, false",
    "'', false",
    "７０００００, false"
  })
  @DisplayName("postal_code_valid: matches ^[0-9]{6}$. Trimmed first")
  void postalCode(String text, String valid) throws RejectedException {
    assertThat(customer("postal_code", text).get("postal_code_valid")).isEqualTo(valid);
    assertThat(customer("postal_code", text).get("postal_code")).isEqualTo(text.strip());
    assertThat(customer("postal_code", null).get("postal_code_valid")).isEqualTo("false");
  }

  @Test
  @DisplayName("postal_code_valid: the five digits in use since 2018 are one line of YAML away")
  void fiveDigits() throws RejectedException {
    Rules rules = Rules.load(new StringReader("patterns: {postalCode: '^[0-9]{5}$'}"));
    Map<String, @Nullable String> customer =
        Shown.customer(Records.row("customer_id", "postal_code", "70000"), rules);
    assertThat(customer.get("postal_code_valid")).isEqualTo("true");
  }

  @ParameterizedTest
  @CsvSource({"' An@Mail.VN ', an@mail.vn", "Đỗ@X, đỗ@x", "not an email, not an email"})
  @DisplayName("email: NFC, trimmed, lower case; never judged")
  void email(String text, String email) throws RejectedException {
    assertThat(customer("email", text).get("email")).isEqualTo(email);
    assertThat(customer("email", Normalizer.normalize(text, Normalizer.Form.NFD)).get("email"))
        .isEqualTo(email);
  }

  @Test
  @DisplayName("email: empty is null")
  void emptyEmail() throws RejectedException {
    assertThat(customer("email", "").get("email")).isNull();
    assertThat(customer("email", " \u00A0").get("email")).isNull();
    assertThat(customer("email", null).get("email")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "low, Low",
    "' LOW ', Low",
    "thấp, Low",
    "THẤP, Low",
    "middle, Middle",
    "Trung Bình, Middle",
    "high, High",
    "CAO, High",
    "' upper ', ' upper '",
    "'', ''",
    "rich, rich"
  })
  @DisplayName("income_level: trimmed, case-folded: low, thấp → Low; ...; anything else as it was")
  void incomeLevel(String text, String level) throws RejectedException {
    assertThat(customer("income_level", text).get("income_level")).isEqualTo(level);
    assertThat(
            customer("income_level", Normalizer.normalize(text, Normalizer.Form.NFD))
                .get("income_level"))
        .isEqualTo(level);
    assertThat(customer("income_level", null).get("income_level")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "1990-03-01, 35",
    "1990-03-02, 34",
    "2025-03-01, 0",
    "2025-03-02, ",
    "2024-02-29, 1",
    "0001-01-01, 2024",
    ", "
  })
  @DisplayName("age: full years between date_of_birth and the day of the change")
  void age(String birth, String age) throws RejectedException {
    assertThat(customer("date_of_birth", birth).get("age")).isEqualTo(age);
  }

  @Test
  @DisplayName("age: the day of the change is the Vietnamese one")
  void ageOnTheVietnameseDay() throws RejectedException {
    SourceRecord record =
        Records.of(
            Operation.UPSERT,
            null,
            "customer_id",
            "K",
            "last_modified",
            "2025-02-28 17:00:00+00",
            "date_of_birth",
            "2000-03-01");
    assertThat(Shown.customer(record, Rules.defaults()).get("age")).isEqualTo("25");
  }

  @ParameterizedTest
  @CsvSource({
    "500, Premium",
    "499.99, High_Value",
    "200, High_Value",
    "199.99, Regular",
    "0, Regular",
    "-1, Regular",
    ", Regular"
  })
  @DisplayName(
      "customer_segment_vietnam by monthly_spending_usd × rate: from 12,000,000 VND Premium,"
          + " from 4,800,000 VND High_Value, else Regular (no spending known: Regular)")
  void segment(String spending, String segment) throws RejectedException {
    assertThat(customer("monthly_spending_usd", spending).get("customer_segment_vietnam"))
        .isEqualTo(segment);
  }

  @Test
  @DisplayName("free text is NFC, and otherwise as it was")
  void otherText() throws RejectedException {
    Map<String, @Nullable String> customer =
        customer("gender", "", "state", " Nghe\u0323\u0302 ", "country", "Việt Nam");
    assertThat(customer.get("gender")).isEmpty();
    assertThat(customer.get("state")).isEqualTo(" Nghệ ");
    assertThat(customer.get("country")).isEqualTo("Việt Nam");
  }

  @Test
  void aColumnThatWasNotCarriedIsAbsentWithAllThatFollowsFromIt() throws RejectedException {
    assertThat(said().getAbsent())
        .containsExactlyInAnyOrder(
            "full_name",
            "email",
            "phone",
            "phone_valid",
            "phone_type",
            "date_of_birth",
            "age",
            "gender",
            "registration_date",
            "city",
            "state",
            "region",
            "country",
            "postal_code",
            "postal_code_valid",
            "customer_segment",
            "customer_segment_vietnam",
            "income_level",
            "monthly_spending_usd",
            "preferred_device",
            "preferred_payment_method",
            "shopping_frequency",
            "vietnam_region_preference");
    Customer customer =
        said("city", "hn", "phone", null, "date_of_birth", null, "postal_code", null);
    assertThat(customer.getAbsent())
        .doesNotContain(
            "city",
            "region",
            "phone",
            "phone_valid",
            "phone_type",
            "date_of_birth",
            "age",
            "postal_code",
            "postal_code_valid")
        .contains("customer_segment_vietnam", "email");
    assertThat(customer("city", "hn").get("customer_segment_vietnam")).isNull();
    assertThat(customer().get("phone_valid")).isNull();
    assertThat(customer().get("postal_code_valid")).isNull();
  }

  @Test
  void datesAreDays() throws RejectedException {
    assertThat(said("registration_date", "9999-12-31").getRegistrationDateEpochDay())
        .isEqualTo((int) LocalDate.of(9999, 12, 31).toEpochDay());
  }
}

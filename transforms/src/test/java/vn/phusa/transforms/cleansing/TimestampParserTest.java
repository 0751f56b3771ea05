package vn.phusa.transforms.cleansing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampParserTest {

  private static final DateTimeFormatter LOCAL =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter();

  private static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
  }

  @Property
  void equalsJavaTimeOnWhatJavaTimePrints(
      @ForAll @LongRange(min = -62_135_596_800L, max = 253_402_300_799L) long second,
      @ForAll @IntRange(max = 999_999_999) int nano,
      @ForAll @IntRange(min = -64_800, max = 64_800) int offsetSeconds) {
    Instant instant = Instant.ofEpochSecond(second, nano);
    OffsetDateTime time = instant.atOffset(ZoneOffset.ofTotalSeconds(offsetSeconds));
    if (time.getYear() < 1 || time.getYear() > 9999) {
      return;
    }
    String iso = time.toString();
    assertThat(TimestampParser.micros(iso)).as(iso).isEqualTo(micros(instant));
    String postgres = LOCAL.format(time) + time.getOffset().toString().replace("Z", "+00");
    assertThat(TimestampParser.micros(postgres)).as(postgres).isEqualTo(micros(instant));
    assertThat(TimestampParser.micros(instant.toString())).isEqualTo(micros(instant));
    assertThat(TimestampParser.epochDay(time.toLocalDate().toString()))
        .isEqualTo(time.toLocalDate().toEpochDay());
    LocalDateTime naive = time.toLocalDateTime();
    Instant local = naive.toInstant(ZoneOffset.ofHours(7));
    if (local.atOffset(ZoneOffset.UTC).getYear() >= 1) {
      assertThat(TimestampParser.micros(LOCAL.format(naive))).isEqualTo(micros(local));
    }
  }

  @Provide
  Arbitrary<String> almostTimes() {
    return Arbitraries.strings().withChars("0123456789-:T.+Z ").ofMinLength(8).ofMaxLength(30);
  }

  @Property
  void neverThrowsAndAcceptsNothingThatJavaTimeDoesNot(@ForAll("almostTimes") String text) {
    check(text);
  }

  @Property
  void acceptsNoImpossibleField(
      @ForAll @IntRange(max = 9999) int year,
      @ForAll @IntRange(max = 19) int month,
      @ForAll @IntRange(max = 39) int day,
      @ForAll @IntRange(max = 29) int hour,
      @ForAll @IntRange(max = 69) int minute,
      @ForAll @IntRange(max = 69) int second) {
    check(
        String.format(
            Locale.ROOT, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day, hour, minute, second));
  }

  private static void check(String text) {
    long micros = TimestampParser.micros(text);
    if (micros != TimestampParser.MALFORMED && micros != TimestampParser.OUT_OF_RANGE) {
      String iso = text.strip().replace(' ', 'T');
      if (iso.length() > 10 && iso.matches(".*(Z|[+-]\\d\\d:\\d\\d)$")) {
        assertThat(micros).isEqualTo(micros(OffsetDateTime.parse(iso).toInstant()));
      }
    } else if (micros == TimestampParser.MALFORMED && text.matches("\\d{4}-.{16}Z")) {
      try {
        OffsetDateTime.parse(text);
        assertThat(text).startsWith("0000");
      } catch (DateTimeException expected) {
        assertThat(micros).isEqualTo(TimestampParser.MALFORMED);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2025-03-01 02:14:59.998877+00, 2025-03-01T02:14:59.998877Z",
    "2025-03-01T09:15:00+07:00, 2025-03-01T02:15:00Z",
    "2025-03-01T02:15:00Z, 2025-03-01T02:15:00Z",
    "2025-03-01t02:15:00z, 2025-03-01T02:15:00Z",
    "2025-03-01 09:15:00, 2025-03-01T02:15:00Z",
    "2025-03-01T09:15, 2025-03-01T02:15:00Z",
    "2025-03-01, 2025-02-28T17:00:00Z",
    "2025-03-01 09:15:00.5+0700, 2025-03-01T02:15:00.5Z",
    "2025-03-01 02:15:00-05:30, 2025-03-01T07:45:00Z",
    "1900-01-01 00:00:00+07:06:30, 1899-12-31T16:53:30Z",
    "0001-01-01 00:00:00+00, 0001-01-01T00:00:00Z",
    "9999-12-31 23:59:59.999999+00, 9999-12-31T23:59:59.999999Z",
    "' 2025-03-01 09:15:00 ', 2025-03-01T02:15:00Z",
    "2024-02-29 07:00:00, 2024-02-29T00:00:00Z"
  })
  void formsThatSourcesPrint(String text, String instant) {
    assertThat(TimestampParser.micros(text)).isEqualTo(micros(Instant.parse(instant)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "infinity",
        "-infinity",
        "0001-01-01 00:00:00+07",
        "0044-03-15 00:00:00+00 BC",
        "12025-01-01 00:00:00+00",
        "+12025-01-01T00:00:00Z",
        "-0044-03-15T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31 23:59:59-01"
      })
  void whatNoColumnHoldsIsOutOfRange(String text) {
    assertThat(TimestampParser.micros(text)).isEqualTo(TimestampParser.OUT_OF_RANGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "2025-02-30 00:00:00",
        "2025-13-01",
        "2025-00-10",
        "2023-02-29",
        "1900-02-29",
        "2025-03-01 24:00:00",
        "2025-03-01 23:60:00",
        "2025-03-01 23:59:60",
        "2025-03-01 09",
        "2025-03-01 09:15:00.",
        "2025-03-01 09:15:00+7",
        "2025-03-01 09:15:00+19",
        "2025-03-01 09:15:00 ICT",
        "2025/03/01",
        "01-03-2025",
        "1740795299998",
        "2025-03-01Z",
        "2025-03-01x09:15:00",
        "2025-03-01 09:15:00Zx",
        "2025-03-01 09:15:00+07:",
        "２０２５-03-01"
      })
  void anythingElseIsMalformed(String text) {
    assertThat(TimestampParser.micros(text)).isEqualTo(TimestampParser.MALFORMED);
  }

  @ParameterizedTest
  @CsvSource({"1990-05-17", "0001-01-01", "9999-12-31", "2024-02-29", "2000-02-29"})
  void days(String text) {
    assertThat(TimestampParser.epochDay(text)).isEqualTo(LocalDate.parse(text).toEpochDay());
    assertThat(ChronoUnit.DAYS.between(LocalDate.EPOCH, LocalDate.parse(text)))
        .isEqualTo(TimestampParser.epochDay(text));
  }

  @ParameterizedTest
  @CsvSource({
    "1990-05-17 00:00:00, false",
    "17/05/1990, false",
    "1990-02-30, false",
    "'', false",
    "0044-03-15 BC, true",
    "infinity, true",
    "10000-01-01, true"
  })
  void noDays(String text, boolean beyondRange) {
    assertThat(TimestampParser.epochDay(text))
        .isEqualTo(beyondRange ? TimestampParser.OUT_OF_RANGE : TimestampParser.MALFORMED);
  }
}

package vn.phusa.transforms.errors;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Nồi chiên không dầu 5 lít (bản dài…)",
        "No\u0302\u0300i chie\u0302n, composed otherwise",
        "giá 49.000₫ – \"tốt\" \\ 'rẻ'",
        "漢字 ไทย العربية 🙂",
      })
  void whatCanBeSeenStaysAsItIs(String text) {
    assertThat(PrintableText.line(text)).isSameAs(text);
    assertThat(PrintableText.lines(text)).isSameAs(text);
  }

  @ParameterizedTest
  @CsvSource({
    "1B,\\u001B",
    "0,\\u0000",
    "7,\\u0007",
    "8,\\u0008",
    "A,\\n",
    "D,\\r",
    "9,\\t",
    "7F,\\u007F",
    "85,\\u0085",
    "9B,\\u009B",
    "AD,\\u00AD",
    "200B,\\u200B",
    "202E,\\u202E",
    "2066,\\u2066",
    "2028,\\u2028",
    "2029,\\u2029",
    "FEFF,\\uFEFF",
    "D800,\\uD800",
    "E0041,\\uDB40\\uDC41"
  })
  void whatCommandsATerminalOrHidesIsEscaped(String point, String escaped) {
    String text = "Máy" + new String(Character.toChars(Integer.parseInt(point, 16))) + "x";
    assertThat(PrintableText.line(text)).isEqualTo("Máy" + escaped + "x");
  }

  @Test
  void linesOfOurOwnKeepTheirEnds() {
    assertThat(PrintableText.lines("a\n\tb\r\u001b[2Jc")).isEqualTo("a\n\tb\\r\\u001B[2Jc");
  }

  @Property
  void nothingThatIsNoTextComesOutAndTwiceIsAsOnce(@ForAll String text) {
    String line = PrintableText.line(text);
    assertThat(line.codePoints())
        .noneMatch(Character::isISOControl)
        .noneMatch(c -> Character.getType(c) == Character.FORMAT)
        .noneMatch(c -> Character.getType(c) == Character.SURROGATE)
        .noneMatch(c -> c == '\u2028' || c == '\u2029');
    assertThat(StorableText.problem(line)).isNull();
    assertThat(PrintableText.line(line)).isSameAs(line);
  }
}

package vn.phusa.transforms.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A description that would fill the memory is told in one line, as any other mistake. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileYamlTest {

  private static void assertReported(String yaml) {
    assertThatThrownBy(() -> RulesReader.over(new StringReader(yaml)))
        .isInstanceOf(RulesException.class)
        .message()
        .hasLineCount(1)
        .startsWith("rules: ")
        .hasSizeLessThan(300);
  }

  @Test
  void aliasesAreNotExpanded() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      laughs.append(
          String.format(
              Locale.ROOT,
              "a%d: &a%d [%s]\n",
              i,
              i,
              String.format(Locale.ROOT, "*a%d,", i - 1).repeat(9)));
    }
    assertReported(laughs.toString());
  }

  @Test
  void nestingHasAnEnd() {
    assertReported("a: " + "[".repeat(100_000));
    assertReported("a: " + "{b: ".repeat(100_000));
  }

  @Test
  void lengthHasAnEnd() {
    assertReported("a: " + "x".repeat(5_000_000));
  }
}

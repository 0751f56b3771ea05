package vn.phusa.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** README stays what a newcomer reads in two minutes; everything else belongs into docs/. */
class ReadmeTest {
  private static final int MAX_LINES = 150;
  private static final int MAX_LINE_LENGTH = 120;

  private final List<String> lines =
      Repository.text(Repository.root().resolve("README.md")).lines().toList();

  @Test
  void isShort() {
    assertThat(lines).hasSizeLessThanOrEqualTo(MAX_LINES);
  }

  @Test
  void hasNoLongLine() {
    assertThat(lines.stream().filter(ReadmeTest::isLong)).isEmpty();
  }

  @Test
  void beginsWithTheTwoCommands() {
    assertThat(lines).contains("    ./phusa demo", "    mvn -B verify");
  }

  private static boolean isLong(String line) {
    return line.codePointCount(0, line.length()) > MAX_LINE_LENGTH;
  }
}

package vn.phusa.runners.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Nothing that is printed reaches the terminal raw, whichever method prints it. */
class TerminalStreamTest {
  private static final String HOSTILE = "Máy\u001b]0;owned\u0007\u202e\u009b2J";
  private static final String SHOWN = "Máy\\u001B]0;owned\\u0007\\u202E\\u009B2J";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TerminalStream stream = new TerminalStream(bytes);

  private String shown() {
    String shown = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return shown;
  }

  @Test
  void textIsPrintedAsLinesOfOurOwn() {
    stream.println("  a\tb");
    stream.print("c\n");
    assertThat(shown()).isEqualTo("  a\tb\nc\n");
  }

  @Test
  void everyWayToPrintEscapes() {
    stream.print(HOSTILE);
    assertThat(shown()).isEqualTo(SHOWN);
    stream.println(HOSTILE);
    assertThat(shown()).isEqualTo(SHOWN + "\n");
    stream.print((Object) HOSTILE);
    assertThat(shown()).isEqualTo(SHOWN);
    stream.println((Object) HOSTILE);
    assertThat(shown()).isEqualTo(SHOWN + "\n");
    stream.print(HOSTILE.toCharArray());
    assertThat(shown()).isEqualTo(SHOWN);
    stream.println(HOSTILE.toCharArray());
    assertThat(shown()).isEqualTo(SHOWN + "\n");
    stream.print('\u001b');
    stream.println('\u001b');
    assertThat(shown()).isEqualTo("\\u001B\\u001B\n");
    stream.append(HOSTILE).append('\u001b').append(HOSTILE, 3, 4);
    assertThat(shown()).isEqualTo(SHOWN + "\\u001B\\u001B");
    stream.printf("%s", HOSTILE);
    stream.format(Locale.ROOT, "%s", HOSTILE);
    stream.printf(Locale.ROOT, "%s", HOSTILE);
    assertThat(shown()).isEqualTo(SHOWN.repeat(3));
  }

  @Test
  void aStackTraceShowsNoMessageRaw() {
    new IllegalStateException(HOSTILE).printStackTrace(stream);
    assertThat(shown()).startsWith("java.lang.IllegalStateException: " + SHOWN + "\n\tat ");
  }

  @Test
  void onlyCommandsAreCommands() {
    stream.command("\r\u001b[K");
    assertThat(shown()).isEqualTo("\r\u001b[K");
  }

  @Test
  void aCellOfATableIsOneLine() {
    assertThat(new TextTable("a", "b").row("x\ny\u001b", "1").render())
        .isEqualTo("  a           b\n  x\\ny\\u001B  1\n");
  }
}

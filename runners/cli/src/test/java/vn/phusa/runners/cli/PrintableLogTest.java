package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.phusa.runners.cli.console.Console;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.jobs.failure.Failure;

/** What the log's own configuration makes of text of others. */
class PrintableLogTest {
  private static final String HOSTILE = "Máy\u001b[2J\n12:00 INFO forged\u202e";
  private static final String SHOWN = "Máy\\u001B[2J\\n12:00 INFO forged\\u202E";

  private static String logged(Map<String, String> properties) throws JoranException {
    LoggerContext context = new LoggerContext();
    properties.forEach(context::putProperty);
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(PrintableLogTest.class.getResource("/logback.xml"));
    ConsoleAppender<ILoggingEvent> appender =
        (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("STDERR");
    Encoder<ILoggingEvent> encoder = appender.getEncoder();
    assertThat(encoder).isInstanceOf(PatternLayoutEncoder.class);
    Exception failure = new IllegalStateException(HOSTILE, new RuntimeException(HOSTILE));
    failure.addSuppressed(new RuntimeException(HOSTILE));
    LoggingEvent event =
        new LoggingEvent(
            "x",
            context.getLogger("vn.phusa.X"),
            Level.WARN,
            "the file {}",
            failure,
            new Object[] {HOSTILE});
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void aLineOfTheLogIsOneLineWhateverItQuotes() throws JoranException {
    assertThat(logged(Map.of())).isEqualTo("the file " + SHOWN + System.lineSeparator());
  }

  @ParameterizedTest
  @ValueSource(strings = {"%msg%n%ex", "%message%n%ex", "%-5level %logger{20}: %msg%n%ex"})
  void soIsEachMessageOfAStackTrace(String pattern) throws JoranException {
    String logged = logged(Map.of("phusa.pattern", pattern));
    assertThat(logged)
        .contains(
            "the file " + SHOWN,
            "java.lang.IllegalStateException: " + SHOWN,
            "Caused by: java.lang.RuntimeException: " + SHOWN,
            "Suppressed: java.lang.RuntimeException: " + SHOWN)
        .doesNotContain("\u001b", "\u202e");
    assertThat(logged.lines()).noneMatch(line -> line.startsWith("12:00"));
  }

  @Test
  void aFailureIsALineThatCanBePrinted() {
    assertThat(new Failure(ExitCode.PIPELINE_FAILED, "x\u001b[2J\u009b").line())
        .isEqualTo("x\\u001B[2J\\u009B");
  }

  @Test
  void theConsoleIsWhereLibrariesPrintToo() {
    java.io.PrintStream out = System.out;
    java.io.PrintStream err = System.err;
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    try {
      new Console(bytes, bytes, false, 80).takeOver();
      System.err.println("\u001b[2J");
      System.out.println("\u001b[2J");
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("\\u001B[2J\n\\u001B[2J\n");
  }
}

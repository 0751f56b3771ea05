package vn.phusa.runners.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark of loads measures what it says, on a shop that is too small for its ratios. */
@Timeout(300)
class LoadBenchmarkIT {
  @TempDir private Path home;

  @Test
  void measuresLoadsAndCopyOfTheSameRows() throws Exception {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    LoadBenchmark.measure(
        new String[] {"--runner=DirectRunner", "--home=" + home, "--customers=200", "--sales=1000"},
        new PrintStream(told, true, StandardCharsets.UTF_8));
    assertThat(told.toString(StandardCharsets.UTF_8).lines())
        .anyMatch(line -> line.matches("first load +customers +read +200 loaded +200 .*"))
        .anyMatch(line -> line.matches("first load +orders +read +1000 loaded +1000 .*"))
        .anyMatch(line -> line.matches("nothing changed +orders .*loaded +0 .*"))
        .anyMatch(line -> line.matches("COPY +dim_customer .*load / COPY in rows a second: .*"))
        .anyMatch(line -> line.matches("COPY +fact_sales .*load / COPY in rows a second: .*"));
  }
}

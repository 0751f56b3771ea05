package vn.phusa.runners.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.cli.Command;
import vn.phusa.runners.cli.OptionCatalog;
import vn.phusa.runners.cli.main.Commands;
import vn.phusa.runners.jobs.failure.ExitCode;

class HelpTextTest {
  @TempDir Path folder;
  private FakeLaunch launch;

  @BeforeEach
  void aWorld() throws Exception {
    launch = new FakeLaunch(folder);
  }

  @Test
  void helpListsTheCommands() {
    assertThat(run("help")).isEqualTo(ExitCode.DONE);
    assertThat(out())
        .contains(
            "demo",
            "run",
            "extract",
            "load-dimensions",
            "load-facts",
            "refresh-marts",
            "stream",
            "replay",
            "migrate",
            "status");
    assertThat(out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
  }

  @Test
  void helpOfACommandListsItsOptionsWithTheirDefaults() {
    assertThat(run("run", "--help")).isEqualTo(ExitCode.DONE);
    assertThat(out())
        .contains(
            """
              --stepRetries=...         How many times a failed step is tried again.
                                        Default: 2
            """)
        .contains("--overlap=...", "Default: PT1M", "--runner=...", "--home=...", "Default: .phusa")
        .doesNotContain("--keepServices", "--sampleOrders", "Default: false");
    assertThat(out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
  }

  @Test
  void everyCommandsOptionsAreInItsHelp() {
    for (Command command : Commands.all()) {
      assertThat(run("help", command.name())).isEqualTo(ExitCode.DONE);
      assertThat(out().lines())
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
      new OptionCatalog(command.options())
          .all().stream()
              .filter(option -> option.group().getName().startsWith("vn.phusa."))
              .forEach(option -> assertThat(out()).contains("--" + option.name()));
    }
    assertThat(run("help", "demo")).isEqualTo(ExitCode.DONE);
    assertThat(out())
        .contains("--stepRetries", "--platforms")
        .doesNotContain("--resume", "--streaming");
    run("help", "extract");
    assertThat(out()).contains("--streaming", "--longestWait=...", "--stagingUri=...");
  }

  private ExitCode run(String... arguments) {
    return launch.run(arguments);
  }

  private String out() {
    return launch.out();
  }
}

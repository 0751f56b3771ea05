package vn.phusa.runners.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.phusa.pipelines.io.waiting.AnswerTimeout;
import vn.phusa.runners.jobs.failure.ExitCode;

/** What is wrong on a command line is reported in one line, with code 2, and starts nothing. */
class WrongCommandLineTest {
  @TempDir Path folder;
  private FakeLaunch launch;
  private FakeBackend backend;

  @BeforeEach
  void aWorld() throws Exception {
    launch = new FakeLaunch(folder);
    backend = launch.backend;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | unknown command nonsense; see ./phusa help",
        "laod-facts | unknown command laod-facts; did you mean load-facts?",
        "help nonsense | unknown command nonsense; see ./phusa help",
        "load-facts --keepServices | --keepServices is not an option of load-facts (but of demo)",
        "run --warehoseUrl=x | unknown option --warehoseUrl; did you mean --warehouseUrl?",
        "run --xyzzy=1 | unknown option --xyzzy; see ./phusa help run",
        "run hunter2 | options are --name=value; see ./phusa help run",
        "run --stepRetries=many | --stepRetries: a whole number expected",
        "run --embedded --stepRetries=-1 | --stepRetries: 0 or more expected",
        "run --embedded=perhaps | --embedded: true or false expected",
        "run --home --embedded | --home needs a value: --home=...",
        "run --home=a --home=b | --home is given twice",
        "run --runner=SparkRunner | --runner: DirectRunner or FlinkRunner expected",
        "run --parallelism=x | --parallelism: a whole number expected",
        "demo --sampleCustomers=0 | --sampleCustomers: 1 or more expected",
        "migrate --embedded --rules=/none | --rules: the file /none cannot be read",
        "run | give --warehouseUrl, and --oltpUrl or --stagingUri, or --embedded",
        "load-facts | give --warehouseUrl, and --oltpUrl or --stagingUri, or --embedded",
        "run --marketplaces=src/test/resources/no-credentials.yaml | give --warehouseUrl and --stagingUri or --embedded",
        "extract | give --stagingUri and --warehouseUrl and --marketplaces or --embedded",
        "extract --marketplaces=/none --embedded "
            + "| --marketplaces: the file /none cannot be read",
        "load-facts --embedded --marketplaces=/none "
            + "| --marketplaces: the file /none cannot be read",
        "extract --marketplaces=src/test/resources/no-credentials.yaml --platforms=lazada,shoppe "
            + "| --platforms: \"shoppe\" is not one; did you mean shopee?",
        "extract --marketplaces=src/test/resources/no-credentials.yaml --platforms=amazon | --platforms: \"amazon\" is not one; "
            + "known are cellphones, fptshop, lazada, sendo, shopee, tiki",
        "extract --marketplaces=src/test/resources/no-credentials.yaml --platforms=lazada, "
            + "| --platforms: names expected; known are cellphones, fptshop, lazada, sendo, shopee, tiki",
        "extract --embedded --longestWait=long "
            + "| --longestWait: a duration such as PT30S, PT5M or P400D expected, not \"long\"",
        "extract --embedded --stagingPassword=hunter2 --stagingUri=mongodb://h:1 --stagingUser=u "
            + "| --stagingPassword: a secret is never given literally; give ${env:NAME},"
            + " ${file:/path} or ${file:/path:key}",
        "extract --embedded --stagingUri=mongodb://u:hunter2@h "
            + "| --stagingUri: a URI may hold no user or password; give --stagingUser and"
            + " --stagingPassword",
        "demo --sampleEvents=-1 | --sampleEvents: 0 or more expected",
        "demo --resume | --resume is not an option of demo (but of run)",
        "refresh-marts --embedded --runner=FlinkRunner --flinkMaster=nonsense "
            + "| --flinkMaster: [local], [auto] or host:port expected",
        "refresh-marts --embedded --runner=FlinkRunner --flinkConfDir=src "
            + "| --flinkConfDir: a folder with Flink's config.yaml expected",
        "migrate | give --warehouseUrl or --embedded",
        "migrate --warehouseUrl=jdbc:postgresql://h:port/d "
            + "| --warehouseUrl: jdbc:postgresql://host:port/database expected",
      })
  void aWrongCommandLineIsReportedInOneLineAndStartsNothing(String arguments, String line) {
    assertThat(launch.run(arguments.split(" "))).isEqualTo(ExitCode.WRONG_OPTIONS);
    assertThat(launch.err()).isEqualTo("phusa: " + line + "\n");
    assertThat(backend.calls).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "2m", "PT0S", "PT0.0001S", "-PT1M", "P2D", "PT9999999999999H"})
  void aWrongAnswerTimeoutStartsNothing(String given) {
    System.setProperty(AnswerTimeout.PROPERTY, given);
    try {
      assertThat(launch.run("run", "--embedded")).isEqualTo(ExitCode.WRONG_OPTIONS);
    } finally {
      System.clearProperty(AnswerTimeout.PROPERTY);
    }
    assertThat(launch.err())
        .isEqualTo(
            "phusa: -Dphusa.answerTimeout: an ISO-8601 duration such as PT2M, of a day at most,"
                + " expected\n");
    assertThat(backend.calls).isEmpty();
  }

  @Test
  void noArgumentsAreAWrongCommandLine() {
    assertThat(launch.run()).isEqualTo(ExitCode.WRONG_OPTIONS);
  }

  @ParameterizedTest
  @CsvSource({
    "--warehousePassword=hunter2",
    "--warehouseUrl=jdbc:postgresql://u:hunter2@h/d",
    "--warehouseUrl=jdbc:postgresql://h/d?password=hunter2"
  })
  void aSecretWrittenOutIsRefusedAndNotRepeated(String argument) {
    assertThat(launch.run("migrate", "--embedded", argument)).isEqualTo(ExitCode.WRONG_OPTIONS);
    assertThat(launch.err())
        .startsWith("phusa: --warehouse")
        .doesNotContain("hunter2")
        .hasLineCount(1);
    assertThat(backend.calls).isEmpty();
  }

  @Test
  void aReferenceThatLeadsNowhereIsNamedAtTheStart() {
    assertThat(
            launch.run(
                "migrate",
                "--warehouseUrl=jdbc:postgresql://127.0.0.1:1/d",
                "--warehousePassword=${file:/no/such/file}"))
        .isEqualTo(ExitCode.WRONG_OPTIONS);
    assertThat(launch.err())
        .isEqualTo("phusa: --warehousePassword: ${file:/no/such/file} does not exist\n");
  }
}

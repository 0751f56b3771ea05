package vn.phusa.runners.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.jobs.failure.PartialFailureException;
import vn.phusa.runners.jobs.result.StepResult;

/** Extraction, alone and as a step of the batch job. */
class ExtractionTest {
  @TempDir Path folder;
  private FakeLaunch launch;
  private FakeBackend backend;

  @BeforeEach
  void aWorld() throws Exception {
    launch = new FakeLaunch(folder);
    backend = launch.backend;
  }

  @Test
  void whatIsUnderTheHomeIsExtractedAndLoaded() {
    backend.existing.addAll(List.of("staging", "marketplaces"));

    assertThat(run("run", "--embedded")).isEqualTo(ExitCode.DONE);

    assertServicesThen("extract", "dimensions", "facts", "marts");
    assertThat(backend.seen.staging().uri()).isEqualTo("mongodb://127.0.0.1:6");
    assertThat(out()).contains("extract/lazada/products     20");
    assertThat(backend.extractLedger.locked).isFalse();
  }

  @Test
  void stagingAloneIsLoadedToo() {
    backend.existing.clear();
    backend.existing.add("staging");

    assertThat(run("load-dimensions", "--embedded")).isEqualTo(ExitCode.DONE);

    assertThat(backend.seen.staging().uri()).isEqualTo("mongodb://127.0.0.1:6");
    assertThat(backend.seen.oltp()).isNull();
  }

  @Test
  void anEmptyHomeHasNothingToLoad() {
    backend.existing.clear();

    assertThat(run("load-facts", "--embedded")).isEqualTo(ExitCode.WRONG_OPTIONS);
    assertThat(err())
        .isEqualTo(
            "phusa: nothing to load is under --home yet (./phusa demo puts something there);"
                + " give --oltpUrl or --stagingUri\n");
    assertThat(backend.calls).containsExactly("embedded at .phusa");
  }

  @Test
  void extractStagesOnce() {
    assertThat(run("extract", "--embedded", "--platforms=lazada,tiki")).isEqualTo(ExitCode.DONE);

    assertServicesThen("extract");
    assertThat(backend.extractSeen.settings().platforms()).isEqualTo("lazada,tiki");
    assertThat(backend.extractLedger.events)
        .containsExactly(
            "begin run-1 extract", "extract attempt 1", "extract SUCCEEDED", "run-1 SUCCEEDED");
  }

  @Test
  void platformsOfSimulatedMarketplacesAreCheckedToo() {
    assertThat(run("extract", "--embedded", "--platforms=tikki")).isEqualTo(ExitCode.WRONG_OPTIONS);
    assertThat(err()).isEqualTo("phusa: --platforms: \"tikki\" is not one; did you mean tiki?\n");
    assertThat(run("demo", "--platforms=tikki")).isEqualTo(ExitCode.WRONG_OPTIONS);
    assertThat(backend.calls).doesNotContain("extract");
  }

  @Test
  void extractContinuesUntilItsPipelineEnds() {
    assertThat(run("extract", "--embedded", "--streaming=true")).isEqualTo(ExitCode.DONE);

    assertThat(backend.calls).contains("extract until stopped").doesNotContain("extract");
    assertThat(backend.extractLedger.events)
        .containsExactly(
            "begin run-1 extract",
            "extract/lazada attempt 1",
            "extract/lazada SUCCEEDED",
            "run-1 SUCCEEDED");
  }

  @Test
  void aStreamOfFlinksBoundedJobsIsNoStreamOfExtractions() {
    assertThat(run("extract", "--embedded", "--runner=FlinkRunner")).isEqualTo(ExitCode.DONE);

    assertThat(backend.calls).contains("extract").doesNotContain("extract until stopped");
  }

  @Test
  void filesThatAreEditedMeanwhileAreReadAsTheyWere() throws Exception {
    Path marketplaces = backend.describedMarketplaces();
    Path rules = Files.writeString(folder.resolve("rules.yaml"), "orderAuthorities: {fallback: x}");
    backend.duringExtract =
        () -> {
          Files.writeString(marketplaces, "nonsense");
          Files.writeString(rules, "nonsense");
          return List.of();
        };

    assertThat(run("run", "--embedded", "--marketplaces=" + marketplaces, "--rules=" + rules))
        .isEqualTo(ExitCode.DONE);

    assertThat(backend.seen.rules().orderAuthorities().believeAnythingOf("x")).isTrue();
    assertThat(backend.extractSeen.marketplaces().select(null)).containsExactly("lazada", "tiki");
    assertThat(run("run", "--embedded", "--rules=" + rules)).isEqualTo(ExitCode.WRONG_OPTIONS);
  }

  @Test
  void aQuotaThatIsUsedUpIsNoFailure() {
    backend.duringExtract =
        () ->
            List.of(
                new StepResult(
                        "extract/lazada/orders", new RowCounts(9, 9, 0, 0, 0, 0), Duration.ZERO)
                    .partly("the quota of today is used up"));

    assertThat(run("run", "--embedded", "--marketplaces=" + backend.describedMarketplaces()))
        .isEqualTo(ExitCode.DONE);

    assertThat(backend.calls).contains("dimensions", "facts", "marts");
    assertThat(out()).contains("0.0  partial: the quota of today is used up");
    assertThat(backend.ledger.events)
        .contains("extract PARTIAL extract/lazada/orders: the quota of today is used up")
        .endsWith("run-1 PARTIAL extract/lazada/orders: the quota of today is used up");
  }

  @Test
  void whatIsStagedIsLoadedAlthoughAMarketplaceFailed() {
    StepResult tiki =
        new StepResult("extract/tiki/orders", new RowCounts(9, 9, 0, 0, 0, 0), Duration.ZERO);
    backend.duringExtract =
        () -> {
          throw new PartialFailureException(
              "lazada refuses the key of its credentials", false, List.of(tiki));
        };

    assertThat(run("run", "--embedded", "--marketplaces=" + backend.describedMarketplaces()))
        .isEqualTo(ExitCode.PIPELINE_FAILED);

    assertThat(backend.calls).containsSubsequence("extract", "dimensions", "facts", "marts");
    assertThat(err()).isEqualTo("phusa: extract: lazada refuses the key of its credentials\n");
    assertThat(out()).contains("extract/tiki/orders", "customers", "sales");

    // All of it again: what is staged now has not been loaded.
    backend.calls.clear();
    backend.duringExtract = () -> List.of(tiki);
    assertThat(run("run", "--embedded", "--marketplaces=" + backend.describedMarketplaces()))
        .isEqualTo(ExitCode.DONE);
    assertThat(backend.calls).containsSubsequence("extract", "dimensions", "facts", "marts");
  }

  @Test
  void anExtractionThatIsUnderWayIsLeftToIt() {
    backend.extractLedger.locked = true;

    assertThat(run("run", "--embedded", "--marketplaces=" + backend.describedMarketplaces()))
        .isEqualTo(ExitCode.DONE);

    assertThat(backend.calls).doesNotContain("extract").contains("dimensions", "facts");
    assertThat(out()).contains("partial: left to it: another run is active");
    assertThat(run("extract", "--embedded")).isEqualTo(ExitCode.ANOTHER_RUN_ACTIVE);
  }

  /** The services start at the same time. */
  private void assertServicesThen(String... calls) {
    assertThat(backend.calls.get(0)).isEqualTo("embedded at .phusa");
    assertThat(backend.calls.subList(1, 3)).containsExactlyInAnyOrder("mongo", "marketplaces");
    assertThat(backend.calls.subList(3, backend.calls.size())).containsExactly(calls);
  }

  private ExitCode run(String... arguments) {
    return launch.run(arguments);
  }

  private String out() {
    return launch.out();
  }

  private String err() {
    return launch.err();
  }
}

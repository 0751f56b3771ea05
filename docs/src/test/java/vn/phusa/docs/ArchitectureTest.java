package vn.phusa.docs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.junit.jupiter.api.Test;

/**
 * The plan of the house, for all modules: what a record means (transforms) → how the outside is
 * spoken to (pipelines.io) → what flows where (pipelines) → what one run does (runners.jobs) → what
 * a person types (runners.cli). {@link ConnectorsTest} has the rules within pipelines.io.
 */
class ArchitectureTest {
  /** Every floor, and the floors that it may stand on. */
  private static final Map<String, Set<String>> FLOORS =
      Map.ofEntries(
          Map.entry("options", Set.of()),
          Map.entry("transforms", Set.of()),
          Map.entry("pipelines", Set.of("options", "transforms")),
          Map.entry("runners.jobs", Set.of("pipelines", "options", "transforms")),
          Map.entry("runners.samples", Set.of()),
          Map.entry("runners.simulator", Set.of("runners.samples")),
          Map.entry("runners.embedded", Set.of("runners.simulator", "runners.samples")),
          Map.entry(
              "runners.cli",
              Set.of(
                  "runners.jobs",
                  "pipelines",
                  "options",
                  "transforms",
                  "runners.embedded",
                  "runners.simulator",
                  "runners.samples")),
          Map.entry(
              "runners.flink",
              Set.of(
                  "runners.cli",
                  "runners.jobs",
                  "pipelines",
                  "options",
                  "transforms",
                  "runners.embedded")),
          Map.entry(
              "runners.bench",
              Set.of(
                  "runners.cli",
                  "runners.jobs",
                  "pipelines",
                  "options",
                  "transforms",
                  "runners.embedded",
                  "runners.simulator",
                  "runners.samples")));

  @Test
  void everyFloorStandsOnThoseBelow() {
    assertThat(
            OurClasses.dependencies(
                (from, to) ->
                    !OurClasses.floor(from).equals(OurClasses.floor(to))
                        && !FLOORS.get(OurClasses.floor(from)).contains(OurClasses.floor(to))))
        .isEmpty();
  }

  @Test
  void everyFloorIsSeenFromHere() {
    Set<String> seen = new TreeSet<>();
    OurClasses.all().forEach(each -> seen.add(OurClasses.floor(each)));
    assertThat(seen).containsExactlyInAnyOrderElementsOf(FLOORS.keySet());
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("vn.phusa.(**)").should().beFreeOfCycles().check(OurClasses.all());
  }

  @Test
  void transformsKnowNoSourceNoSinkAndNoLaunch() {
    noClasses()
        .that()
        .resideInAPackage("vn.phusa.transforms..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.beam.sdk.io..", "java.sql..", "java.net..", "java.time.chrono..")
        .check(OurClasses.all());
  }

  /** What becomes of a record is in its flow, which batch, stream and replay apply. */
  @Test
  void recipesApplyFlows() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "vn.phusa.pipelines", "vn.phusa.pipelines.load..", "vn.phusa.pipelines.deadletter..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "vn.phusa.transforms.cleansing..",
            "vn.phusa.transforms.enrichment..",
            "vn.phusa.transforms.scd..")
        .check(OurClasses.all());
  }

  @Test
  void everyDoFnIsNamedOne() {
    classes()
        .that()
        .areAssignableTo(DoFn.class)
        .should()
        .haveSimpleNameEndingWith("Fn")
        .check(OurClasses.all());
  }

  @Test
  void pipelinesDoNotKnowWhichRunnerTheyAreOn() {
    noClasses()
        .that()
        .resideInAPackage("vn.phusa.pipelines..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.beam.runners..", "org.apache.flink..")
        .check(OurClasses.all());
  }

  /** A pipeline takes values; options are read by whoever builds it. */
  @Test
  void pipelinesTakeValuesAndNoOptions() {
    noClasses()
        .that()
        .resideInAnyPackage("vn.phusa.pipelines..", "vn.phusa.transforms..")
        .and()
        // Beam's own signature of an unbounded source.
        .doNotHaveFullyQualifiedName("vn.phusa.pipelines.io.kafka.source.TopicSource")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(PipelineOptions.class)
        .check(OurClasses.all());
  }

  /** What depends on the runner is asked of its profile. */
  @Test
  void runsAskTheirProfileWhatDependsOnTheRunner() {
    noClasses()
        .that()
        .resideInAPackage("vn.phusa.runners.jobs..")
        .and()
        .resideOutsideOfPackages("vn.phusa.runners.jobs.runner", "vn.phusa.runners.jobs.flink")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.beam.runners..")
        .check(OurClasses.all());
  }
}

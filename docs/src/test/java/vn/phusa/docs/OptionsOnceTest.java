package vn.phusa.docs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.Test;
import vn.phusa.runners.jobs.extract.ExtractSettings;
import vn.phusa.runners.jobs.run.BoundedPipelines;
import vn.phusa.runners.jobs.run.ClusterJobs;
import vn.phusa.runners.jobs.run.JobName;
import vn.phusa.runners.jobs.run.StepRetry;
import vn.phusa.runners.jobs.run.StreamRunner;

/** Options, and the files that they name, are read once, at the start of a launch. */
class OptionsOnceTest {
  /** Who reads options and the files that they name, each at the start of a launch, and what. */
  private static final List<String> READERS =
      List.of(
          "runners.cli.CommandContext -> Marketplaces.read",
          "runners.cli.CommandContext -> RulesFile.read",
          "runners.cli.command.BatchSteps -> LoadSettings.of",
          "runners.cli.command.Extraction -> ExtractSettings.of",
          "runners.cli.command.ReplayCommand -> ReplaySettings.of",
          "runners.cli.command.RunCommand -> StepRetry.of",
          "runners.cli.command.StreamCommand -> StreamSettings.of",
          "runners.cli.demo.DemoCommand -> SampleSize.of",
          "runners.cli.demo.DemoCommand -> StepRetry.of",
          // The demonstration says itself what it streams.
          "runners.cli.demo.DemoStream -> StreamSettings.of",
          // Where services are is found out with whether they are there.
          "runners.jobs.preflight.KafkaService -> KafkaAddress.of",
          "runners.jobs.preflight.MongoService -> MongoAddress.staging",
          "runners.jobs.preflight.RedisService -> RedisAddress.of",
          "runners.jobs.preflight.Service -> DatabaseAddress.oltp",
          "runners.jobs.preflight.Service -> DatabaseAddress.warehouse",
          "runners.jobs.preflight.Services -> TrustedAuthorities.of",
          // As all that depends on the runner, where the runner runs is asked of its profile.
          "runners.jobs.runner.FlinkProfile -> ClusterAccess.of");

  /** A job is told values; options reach only what starts pipelines with them, and preflight. */
  @Test
  void jobsAreToldValuesAndNoOptions() {
    noClasses()
        .that()
        .resideInAPackage("vn.phusa.runners.jobs..")
        .and()
        .resideOutsideOfPackages(
            "vn.phusa.runners.jobs.runner",
            "vn.phusa.runners.jobs.flink",
            "vn.phusa.runners.jobs.preflight")
        .and()
        .doNotBelongToAnyOf(
            BoundedPipelines.class,
            StreamRunner.class,
            JobName.class,
            ClusterJobs.class,
            // Values that a factory of their own reads from options.
            ExtractSettings.class,
            StepRetry.class)
        .should()
        .dependOnClassesThat()
        .areAssignableTo(PipelineOptions.class)
        .check(OurClasses.all());
  }

  /** Once in a launch, so that what is wrong stops it before it starts, and all see the same. */
  @Test
  void optionsAndTheirFilesAreReadOnce() {
    List<String> readers = new ArrayList<>();
    for (JavaClass from : OurClasses.all()) {
      if (!OurClasses.floor(from).equals("options")
          && !OurClasses.floor(from).equals("runners.bench")) {
        from.getAccessesFromSelf().stream()
            .filter(OptionsOnceTest::readsOptions)
            .filter(
                access ->
                    !OurClasses.topLevel(access.getTargetOwner()).equals(OurClasses.topLevel(from)))
            .map(
                access ->
                    OurClasses.shortName(OurClasses.topLevel(from)) + " -> " + ownerAndName(access))
            .forEach(readers::add);
      }
    }
    assertThat(readers).containsExactlyInAnyOrderElementsOf(READERS);
  }

  /** Whether values are made of options, or of a file that one of them names. */
  private static boolean readsOptions(JavaAccess<?> access) {
    return ownerAndName(access).matches("(Marketplaces|RulesFile)\\.read")
        || access.getTarget().getOwner().isRecord()
            && access.getTarget() instanceof CodeUnitAccessTarget called
            && !called.getName().equals(JavaConstructor.CONSTRUCTOR_NAME)
            && called.getRawParameterTypes().stream()
                .anyMatch(type -> type.isAssignableTo(PipelineOptions.class));
  }

  private static String ownerAndName(JavaAccess<?> access) {
    return access.getTarget().getOwner().getSimpleName() + "." + access.getTarget().getName();
  }
}

package vn.phusa.pipelines;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.apache.beam.sdk.transforms.DoFn;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Dependencies point one way: options, transforms ◄ pipelines ◄ runners. */
class ArchitectureTest {
  private static JavaClasses ours;

  @BeforeAll
  static void read() {
    ours =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("vn.phusa");
  }

  @Test
  void transformsKnowNoSourceNoSinkAndNoLaunch() {
    noClasses()
        .that()
        .resideInAPackage("vn.phusa.transforms..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "vn.phusa.options..",
            "vn.phusa.pipelines..",
            "vn.phusa.runners..",
            "org.apache.beam.sdk.io..",
            "java.sql..",
            "java.net..",
            "java.time.chrono..")
        .check(ours);
  }

  @Test
  void transformsReadNoClock() {
    noClasses()
        .that()
        .resideInAPackage("vn.phusa.transforms..")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(java.time.LocalDate.class, "now")
        .check(ours);
  }

  @Test
  void optionsStandAlone() {
    noClasses()
        .that()
        .resideInAPackage("vn.phusa.options..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("vn.phusa.transforms..", "vn.phusa.pipelines..", "vn.phusa.runners..")
        .check(ours);
  }

  @Test
  void pipelinesDoNotKnowWhichRunnerTheyAreOn() {
    noClasses()
        .that()
        .resideInAPackage("vn.phusa.pipelines..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("vn.phusa.runners..", "org.apache.beam.runners..", "org.apache.flink..")
        .check(ours);
  }

  @Test
  void embeddedServicesAreALeaf() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "vn.phusa.runners.embedded..",
            "vn.phusa.runners.simulator..",
            "vn.phusa.runners.samples..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("vn.phusa.options..", "vn.phusa.transforms..", "vn.phusa.pipelines..")
        .check(ours);
  }

  /** What is printed goes through the console, which escapes what others wrote. */
  @Test
  void nobodyPrintsByHimself() {
    noClasses()
        .that()
        .resideOutsideOfPackages("vn.phusa.runners.embedded..", "vn.phusa.runners.simulator..")
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .check(ours);
  }

  @Test
  void everyDoFnIsNamedOne() {
    classes()
        .that()
        .areAssignableTo(DoFn.class)
        .should()
        .haveSimpleNameEndingWith("Fn")
        .check(ours);
  }
}

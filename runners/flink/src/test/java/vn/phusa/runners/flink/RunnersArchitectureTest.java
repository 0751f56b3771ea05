package vn.phusa.runners.flink;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What holds for all that is shipped; only from here are the classes of all runners seen. */
class RunnersArchitectureTest {
  private static JavaClasses ours;

  @BeforeAll
  static void read() {
    ours =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("vn.phusa");
  }

  /** What is printed goes through the console, which escapes what others wrote. */
  @Test
  void nobodyPrintsByHimself() {
    noClasses()
        .that()
        .resideOutsideOfPackage("vn.phusa.runners.embedded..")
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .check(ours);
  }
}

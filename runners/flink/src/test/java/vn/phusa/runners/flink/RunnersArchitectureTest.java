package vn.phusa.runners.flink;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.sql.Driver;
import java.sql.DriverManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.postgres.Postgres;

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
        .resideOutsideOfPackages("vn.phusa.runners.embedded..", "vn.phusa.runners.simulator..")
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .check(ours);
  }

  /** Else a connection is without what notices a server that is gone, and is waited for unsaid. */
  @Test
  void connectionsToDatabasesAreOpenedInOnePlace() {
    noClasses()
        .that()
        .resideOutsideOfPackages("vn.phusa.runners.embedded..", "vn.phusa.runners.simulator..")
        .and()
        .doNotBelongToAnyOf(Postgres.class)
        .should()
        .callMethodWhere(
            target(owner(assignableTo(DriverManager.class).or(assignableTo(Driver.class))))
                .and(target(nameMatching("getConnection|connect"))))
        .check(ours);
  }
}

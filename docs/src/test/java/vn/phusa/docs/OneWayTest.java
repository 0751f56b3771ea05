package vn.phusa.docs;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.sql.Driver;
import java.sql.DriverManager;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.postgres.Postgres;

/** What everybody does in one way: asks for the time, prints, connects to databases. */
class OneWayTest {
  private static final Pattern TIME =
      Pattern.compile(
          "java\\.time\\.Clock\\.(system|tick)\\w*"
              + "|java\\.lang\\.System\\.currentTimeMillis"
              + "|java\\.(time\\.\\w+|time\\.chrono\\.\\w+)\\.now"
              + "|org\\.joda\\.time\\.(\\w+\\.now|DateTimeUtils\\.currentTimeMillis)"
              + "|java\\.util\\.Calendar\\.getInstance");

  /** Who asks the machine for the time; all others are given a clock. */
  private static final Set<String> CLOCKS =
      Set.of(
          // Entry points: the command line, and the services and platforms of tests and the demo.
          "runners.cli.main.Main",
          "runners.embedded.EmbeddedMarketplaces",
          "runners.embedded.home.HomeLock",
          "runners.embedded.tls.PrivateAuthority",
          "runners.simulator.settings.SimulatorSettings",
          // On workers: when a record arrived, when a dead letter was written, how long a partition
          // has been idle, which rows are old.
          "io.kafka.decode.DecodeFn",
          "io.kafka.source.TopicReader",
          "io.warehouse.ledger.HousekeepPeriodically",
          "pipelines.deadletter.KeepDeadLetters");

  /** Benchmarks measure with the machine's own. */
  @Test
  void noClockButTheInjectedOne() {
    Set<String> clocks = new TreeSet<>();
    for (JavaClass each : OurClasses.all()) {
      if (!OurClasses.floor(each).equals("runners.bench")) {
        each.getAccessesFromSelf().stream()
            .filter(OneWayTest::asksForTheTime)
            .forEach(access -> clocks.add(OurClasses.shortName(OurClasses.topLevel(each))));
      }
    }
    assertThat(clocks).containsExactlyInAnyOrderElementsOf(CLOCKS);
  }

  private static boolean asksForTheTime(JavaAccess<?> access) {
    var called = access.getTarget();
    return TIME.matcher(called.getOwner().getName() + "." + called.getName()).matches()
            && !called.getFullName().contains("(java.time.Clock")
        || called.getFullName().equals("java.util.Date.<init>()");
  }

  /** What is printed goes through the console, which escapes what others wrote. */
  @Test
  void nobodyPrintsByHimself() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "vn.phusa.runners.embedded..",
            "vn.phusa.runners.simulator..",
            "vn.phusa.runners.bench..")
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .check(OurClasses.all());
  }

  /** Else a connection is without what notices a server that is gone, and is waited for unsaid. */
  @Test
  void connectionsToDatabasesAreOpenedInOnePlace() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "vn.phusa.runners.embedded..",
            "vn.phusa.runners.simulator..",
            "vn.phusa.runners.bench..")
        .and()
        .doNotBelongToAnyOf(Postgres.class)
        .should()
        .callMethodWhere(
            target(owner(assignableTo(DriverManager.class).or(assignableTo(Driver.class))))
                .and(target(nameMatching("getConnection|connect"))))
        .check(OurClasses.all());
  }
}

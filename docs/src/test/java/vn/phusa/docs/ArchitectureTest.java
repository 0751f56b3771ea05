package vn.phusa.docs;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.sql.Driver;
import java.sql.DriverManager;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.postgres.Postgres;

/**
 * The plan of the house, for all modules: what a record means (transforms) → how the outside is
 * spoken to (pipelines.io) → what flows where (pipelines) → what one run does (runners.jobs) → what
 * a person types (runners.cli).
 *
 * <p>Exceptions are named with their reason. The lists of exceptions are exact: what is mended has
 * to be taken out, so they can only shrink.
 */
class ArchitectureTest {
  private static final String OURS = "vn.phusa.";

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

  /** Of the connectors, those that move bytes and rows, whatever they mean. */
  private static final Pattern KNOWS_NO_MEANING =
      Pattern.compile("vn\\.phusa\\.pipelines\\.io\\.(postgres|kafka|staging|redis)\\b.*");

  private static final Pattern KNOWS_MEANING =
      Pattern.compile("vn\\.phusa\\.pipelines\\.io\\.(warehouse|oltp|marketplace)\\b.*");

  private static final Set<String> MEANINGS_STILL_KNOWN =
      Set.of(
          // What Redis shows are the warehouse's windows: the totals are their value class.
          "io.redis.LiveWindows -> io.warehouse.window.WindowTotals",
          "io.redis.WindowDisplay -> io.warehouse.window.WindowTotals",
          "io.redis.WindowStore -> io.warehouse.window.WindowTotals",
          // Redis that came back empty is filled from the warehouse.
          "io.redis.LiveWindows -> io.warehouse.window.RecentlyTouchedWindows",
          // The rows that were read are counted in etl_count, which only the ledger writes.
          "io.staging.ReadStagedFn -> io.warehouse.ledger.SourceRowCount");

  private static final Pattern CONNECTOR =
      Pattern.compile(
          "vn\\.phusa\\.pipelines\\.io\\.(oltp|warehouse|kafka|staging|redis|marketplace)\\b.*");

  /** Beside Read* and Write*, values and exceptions, what others use of a connector. */
  private static final Map<String, Set<String>> DOORS =
      Map.of(
          "kafka",
          Set.of(
              // What a stream does beside reading and writing, as transforms.
              "DecodeTopic",
              "CommitOffsets",
              "RenewOffsets",
              // A replay asks for single records.
              "RecordLookup",
              // What is asked of a broker before a run, and while it lasts.
              "KafkaTls",
              "LimitedAdmin",
              "TopicCheck",
              "ConsumerLag"),
          "marketplace",
          // Extraction is one transform, and what it is told.
          Set.of("ExtractStreams", "ExtractTask"),
          "oltp",
          // What a run reads is planned before its pipelines are built.
          Set.of("PolledRange", "RangePlanner"),
          "redis",
          Set.of(
              // A transform: what Redis shows follows the warehouse.
              "LiveWindows",
              // What is asked of Redis before a run, and what is shown of it.
              "Redis",
              "RedisTls",
              "WindowBoard"),
          "staging",
          Set.of(
              // Marketplaces keep their cursors, tokens and leases beside what they stage.
              "ConditionalUpsert",
              "StagedKinds",
              "Staging",
              "StagingWriter",
              // What a run loads is planned before its pipelines are built.
              "StagedPlan",
              "StagedRange",
              "StagedReader",
              // What is asked of MongoDB before a run.
              "MongoTls"),
          "warehouse",
          Set.of(
              // What a flow asks the warehouse, as transforms.
              "CurrentSales",
              "FindRemovedLines",
              "HousekeepPeriodically",
              "RekeyPeriodically",
              "TouchedWindows",
              // What a run does in the warehouse beside its pipelines.
              "DeadLetterStore",
              "Marts",
              "ProgressWatcher",
              "Rekeying",
              "ResolvedDeadLetters",
              "Retention",
              "RunLedger",
              "RunLock",
              "WarehouseIdentity",
              "WarehouseRoles",
              "WarehouseSchema",
              "Watermarks",
              // Sources count and reject rows, and Redis is refilled.
              "RecentlyTouchedWindows",
              "RejectedRow",
              "SourceRowCount",
              "StepCounter"));

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
          "runners.embedded.HomeLock",
          "runners.embedded.tls.PrivateAuthority",
          "runners.simulator.settings.SimulatorSettings",
          // On workers: when a record arrived, when a dead letter was written, how long a partition
          // has been idle, which rows are old.
          "io.kafka.decode.DecodeFn",
          "io.kafka.source.TopicReader",
          "io.warehouse.ledger.HousekeepPeriodically",
          "pipelines.deadletter.KeepDeadLetters");

  private static JavaClasses ours;

  @BeforeAll
  static void read() {
    ours =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("vn.phusa");
  }

  @Test
  void everyFloorStandsOnThoseBelow() {
    assertThat(
            dependencies(
                (from, to) ->
                    !floor(from).equals(floor(to)) && !FLOORS.get(floor(from)).contains(floor(to))))
        .isEmpty();
  }

  @Test
  void everyFloorIsSeenFromHere() {
    Set<String> seen = new TreeSet<>();
    ours.forEach(each -> seen.add(floor(each)));
    assertThat(seen).containsExactlyInAnyOrderElementsOf(FLOORS.keySet());
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("vn.phusa.(**)").should().beFreeOfCycles().check(ours);
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
        .check(ours);
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
        .check(ours);
  }

  @Test
  void pipelinesDoNotKnowWhichRunnerTheyAreOn() {
    noClasses()
        .that()
        .resideInAPackage("vn.phusa.pipelines..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.beam.runners..", "org.apache.flink..")
        .check(ours);
  }

  /** A pipeline is told values; options are read by whoever builds it. */
  @Test
  void pipelinesAreToldValuesAndNoOptions() {
    noClasses()
        .that()
        .resideInAnyPackage("vn.phusa.pipelines..", "vn.phusa.transforms..")
        .and()
        // Beam's own signature of an unbounded source.
        .doNotHaveFullyQualifiedName("vn.phusa.pipelines.io.kafka.source.TopicSource")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(PipelineOptions.class)
        .check(ours);
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
        .check(ours);
  }

  @Test
  void connectorsThatMoveBytesKnowNoMeaning() {
    assertThat(
            dependencies(
                (from, to) ->
                    KNOWS_NO_MEANING.matcher(from.getName()).matches()
                        && KNOWS_MEANING.matcher(to.getName()).matches()))
        .containsExactlyInAnyOrderElementsOf(MEANINGS_STILL_KNOWN);
  }

  @Test
  void connectorsAreReadFromAndWrittenTo() {
    Map<String, Set<String>> doors = new TreeMap<>();
    for (JavaClass from : ours) {
      for (JavaClass to : targets(from)) {
        String connector = connector(to);
        if (!connector.isEmpty()
            && !connector.equals(connector(from))
            && !from.getPackageName().startsWith("vn.phusa.runners.bench")
            && !isReadOrWrite(to)
            && !isValue(to)) {
          doors.computeIfAbsent(connector, c -> new TreeSet<>()).add(topLevel(to).getSimpleName());
        }
      }
    }
    assertThat(doors).isEqualTo(DOORS);
  }

  /** Benchmarks measure with the machine's own. */
  @Test
  void noClockButTheInjectedOne() {
    Set<String> clocks = new TreeSet<>();
    for (JavaClass each : ours) {
      if (!floor(each).equals("runners.bench")) {
        each.getAccessesFromSelf().stream()
            .filter(ArchitectureTest::asksForTheTime)
            .forEach(access -> clocks.add(shortName(topLevel(each))));
      }
    }
    assertThat(clocks).containsExactlyInAnyOrderElementsOf(CLOCKS);
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
        .check(ours);
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

  /** "from -> to" of top-level classes, without the names of the floors' parents. */
  private static Set<String> dependencies(BiPredicate<JavaClass, JavaClass> which) {
    Set<String> found = new TreeSet<>();
    for (JavaClass from : ours) {
      for (JavaClass to : targets(from)) {
        if (which.test(from, to)) {
          found.add(shortName(topLevel(from)) + " -> " + shortName(topLevel(to)));
        }
      }
    }
    return found;
  }

  private static Set<JavaClass> targets(JavaClass from) {
    Set<JavaClass> found = new TreeSet<>(Comparator.comparing(JavaClass::getName));
    from.getDirectDependenciesFromSelf().stream()
        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
        .filter(to -> to.getPackageName().startsWith(OURS))
        .forEach(found::add);
    return found;
  }

  private static String floor(JavaClass of) {
    String[] parts = of.getPackageName().substring(OURS.length()).split("\\.", 3);
    return parts[0].equals("runners") ? parts[0] + "." + parts[1] : parts[0];
  }

  private static String connector(JavaClass of) {
    var matcher = CONNECTOR.matcher(of.getPackageName());
    return matcher.matches() ? matcher.group(1) : "";
  }

  private static boolean isReadOrWrite(JavaClass door) {
    return topLevel(door).getSimpleName().matches("(Read|Write)[A-Z]\\w*");
  }

  private static boolean isValue(JavaClass door) {
    return door.isRecord() || door.isEnum() || door.isAssignableTo(Throwable.class);
  }

  private static boolean asksForTheTime(JavaAccess<?> access) {
    var called = access.getTarget();
    return TIME.matcher(called.getOwner().getName() + "." + called.getName()).matches()
            && !called.getFullName().contains("(java.time.Clock")
        || called.getFullName().equals("java.util.Date.<init>()");
  }

  private static JavaClass topLevel(JavaClass of) {
    JavaClass top = of;
    while (top.getEnclosingClass().isPresent()) {
      top = top.getEnclosingClass().get();
    }
    return top;
  }

  private static String shortName(JavaClass of) {
    return of.getName().replaceFirst("vn\\.phusa\\.(pipelines\\.(?=io\\.))?", "");
  }
}

package vn.phusa.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * How the outside is spoken to: connectors that move bytes know no meaning, and whoever uses a
 * connector does so by what it reads and writes.
 *
 * <p>The lists of exceptions are exact: what is mended has to be taken out, so they can only
 * shrink.
 */
class ConnectorsTest {
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
          "io.redis.RedisWindowStore -> io.warehouse.window.WindowTotals",
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
          // Extraction is one transform, and its task.
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
              "RefuseBeyondHorizon",
              "RekeyPeriodically",
              "TouchedWindows",
              // What a run does in the warehouse beside its pipelines.
              "DeadLetterStore",
              "Marts",
              "ProgressWatcher",
              "RederivedDimension",
              "RederivedFacts",
              "Rekeying",
              "ResolvedDeadLetters",
              "Retention",
              "RunLedger",
              "RunLock",
              "WarehouseIdentity",
              "WarehouseRoles",
              "WarehouseSchema",
              "Watermarks",
              "WritingRules",
              // Sources count and reject rows, and Redis is refilled.
              "RecentlyTouchedWindows",
              "RejectedRow",
              "SourceRowCount",
              "StepCounter"));

  @Test
  void connectorsThatMoveBytesKnowNoMeaning() {
    assertThat(
            OurClasses.dependencies(
                (from, to) ->
                    KNOWS_NO_MEANING.matcher(from.getName()).matches()
                        && KNOWS_MEANING.matcher(to.getName()).matches()))
        .containsExactlyInAnyOrderElementsOf(MEANINGS_STILL_KNOWN);
  }

  @Test
  void connectorsAreReadFromAndWrittenTo() {
    Map<String, Set<String>> doors = new TreeMap<>();
    for (JavaClass from : OurClasses.all()) {
      for (JavaClass to : OurClasses.targets(from)) {
        String connector = connector(to);
        if (!connector.isEmpty()
            && !connector.equals(connector(from))
            && !from.getPackageName().startsWith("vn.phusa.runners.bench")
            && !isReadOrWrite(to)
            && !isValue(to)) {
          doors
              .computeIfAbsent(connector, c -> new TreeSet<>())
              .add(OurClasses.topLevel(to).getSimpleName());
        }
      }
    }
    assertThat(doors).isEqualTo(DOORS);
  }

  private static String connector(JavaClass of) {
    var matcher = CONNECTOR.matcher(of.getPackageName());
    return matcher.matches() ? matcher.group(1) : "";
  }

  private static boolean isReadOrWrite(JavaClass door) {
    return OurClasses.topLevel(door).getSimpleName().matches("(Read|Write)[A-Z]\\w*");
  }

  private static boolean isValue(JavaClass door) {
    return door.isRecord() || door.isEnum() || door.isAssignableTo(Throwable.class);
  }
}

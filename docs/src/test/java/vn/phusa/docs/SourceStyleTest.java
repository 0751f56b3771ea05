package vn.phusa.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What holds for the text of the sources of all modules: sizes, names and how tests wait. The lists
 * of exceptions are exact, so they can only shrink.
 */
class SourceStyleTest {
  private static final int MAX_LINES_OF_FILE = 300;
  private static final int MAX_CLASSES_OF_PACKAGE = 30;
  private static final int MAX_LINES_OF_TEST = 60;

  private static final Pattern OTHER_LIMIT =
      Pattern.compile(
          "(MOST|LEAST|LONGEST|SHORTEST|GREATEST|LARGEST|SMALLEST|HIGHEST|LOWEST|FEWEST)(_.*)?");

  private static final Pattern OF_RUN = Pattern.compile("runs?|(\\w+Run|run)Ids?");
  private static final Pattern NO_RUN_ID = Pattern.compile("(.*\\W)?(String|UUID)(\\W.*)?");

  /** Where the id of a run is the text of a document, or a column that may be null. */
  private static final Set<String> BORDERS_OF_RUN_IDS =
      Set.of("StagedRecord", "StagingSink", "FeedFiles", "RunHolder");

  /** The tables of the ledger, and where their SQL is. */
  private static final Pattern OF_LEDGER =
      Pattern.compile("\\b(etl_run|etl_step|etl_count|etl_watermark)\\b");

  private static final String LEDGER = "/io/warehouse/ledger/";
  private static final Pattern OF_DEAD_LETTERS = Pattern.compile("\\bdead_letter\\b");
  private static final String DEAD_LETTERS = "/io/warehouse/deadletter/";

  private static final Set<String> OTHERS_THAT_NAME_THE_LEDGER =
      Set.of(
          // Rights on all tables are asked for in one statement.
          "WarehouseRights",
          // Starts over with the tables of the data and the watermarks together.
          "LoadBenchmark");

  private static final Set<String> OTHERS_THAT_NAME_DEAD_LETTERS =
      Set.of(
          // A step's end counts its rejected rows in the statement that sums the others.
          "StepRows",
          // The names of a transform and of a result, no SQL.
          "KeepDeadLetters",
          "Retention",
          // Rights on all tables are asked for in one statement.
          "WarehouseRights");

  private static final Set<String> SLEEPING_TESTS =
      Set.of(
          // Nothing is awaited: the pace of events, a platform's latency, how long a server is
          // away.
          "StreamUnderFault.send", "MadeUpShop.sleep", "KilledMomentsIT.kill");

  private static List<Path> main;
  private static SourceTree mainTree;
  private static SourceTree testTree;

  @BeforeAll
  static void read() {
    List<Path> files = Repository.files(".java");
    main = files.stream().filter(file -> in(file, "src/main/java/")).toList();
    mainTree = SourceTree.of(main);
    testTree = SourceTree.of(files.stream().filter(file -> in(file, "src/test/java/")).toList());
  }

  @Test
  void filesAreShort() {
    assertThat(
            main.stream()
                .filter(file -> Repository.text(file).lines().count() > MAX_LINES_OF_FILE)
                .map(Repository::name))
        .isEmpty();
  }

  @Test
  void packagesAreSmall() {
    Map<Path, Integer> classes = new TreeMap<>();
    main.stream()
        .filter(file -> !file.endsWith("package-info.java"))
        .forEach(file -> classes.merge(file.getParent(), 1, Integer::sum));
    assertThat(classes).isNotEmpty();
    classes.values().removeIf(number -> number <= MAX_CLASSES_OF_PACKAGE);
    assertThat(classes).isEmpty();
  }

  @Test
  void limitsAreNamedMaxAndMin() {
    assertThat(List.of(mainTree, testTree))
        .flatMap(SourceTree::constants)
        .isNotEmpty()
        .filteredOn(constant -> OTHER_LIMIT.matcher(constant.name()).matches())
        .isEmpty();
  }

  @Test
  void theIdOfARunIsARunId() {
    assertThat(mainTree.variables())
        .anyMatch(variable -> variable.type().equals("RunId") && variable.name().equals("runId"));
    Set<String> others = new TreeSet<>();
    mainTree.variables().stream()
        .filter(variable -> OF_RUN.matcher(variable.name()).matches())
        .filter(variable -> NO_RUN_ID.matcher(variable.type()).matches())
        .forEach(variable -> others.add(name(variable.file())));
    assertThat(others).containsExactlyInAnyOrderElementsOf(BORDERS_OF_RUN_IDS);
  }

  @Test
  void theLedgersSqlIsInTheLedger() {
    assertThat(naming(OF_LEDGER, LEDGER))
        .containsExactlyInAnyOrderElementsOf(OTHERS_THAT_NAME_THE_LEDGER);
  }

  @Test
  void theDeadLettersSqlIsInTheirPackage() {
    assertThat(naming(OF_DEAD_LETTERS, DEAD_LETTERS))
        .containsExactlyInAnyOrderElementsOf(OTHERS_THAT_NAME_DEAD_LETTERS);
  }

  /** The classes whose texts name a table, though they are elsewhere than its SQL. */
  private static Set<String> naming(Pattern tables, String where) {
    assertThat(mainTree.literals()).anyMatch(each -> in(each.file(), where));
    Set<String> naming = new TreeSet<>();
    mainTree.literals().stream()
        .filter(each -> !in(each.file(), where))
        .filter(each -> tables.matcher(each.text()).find())
        .forEach(each -> naming.add(name(each.file())));
    return naming;
  }

  @Test
  void methodsOfTestsAreShort() {
    assertThat(
            testTree.methods().stream()
                .filter(method -> method.lines() > MAX_LINES_OF_TEST)
                .map(method -> name(method.file()) + "." + method.name()))
        .isEmpty();
  }

  /** Awaitility ends as soon as what is waited for has come, and says what has not. */
  @Test
  void testsDoNotSleep() {
    Set<String> sleeping = new TreeSet<>();
    testTree.calls().stream()
        .filter(
            call ->
                call.called()
                        .matches("(.*\\.)?(Thread\\.(sleep|onSpinWait)|LockSupport\\.park\\w*)")
                    || call.called().matches("(.*\\.)?(\\w*SECONDS|MINUTES)\\.sleep"))
        .forEach(call -> sleeping.add(name(call.file()) + "." + call.method()));
    assertThat(sleeping).containsExactlyInAnyOrderElementsOf(SLEEPING_TESTS);
  }

  private static boolean in(Path file, String folder) {
    return Repository.name(file).contains(folder);
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }
}

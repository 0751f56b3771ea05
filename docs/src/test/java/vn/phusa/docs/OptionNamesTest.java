package vn.phusa.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import vn.phusa.options.PhusaOptionsRegistrar;

/** Every option that a document or an example shows is one that the commands know. */
class OptionNamesTest {
  /** As ours are written: camel case, no hyphen within. */
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--([a-z][A-Za-z]*)(?![\\w-])");

  /** Of other programs, or of runners that are not on this module's class path. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "build", // cluster.sh
          "describe", // kafka-consumer-groups.sh
          "execute",
          "flinkConfDir", // Beam's Flink runner
          "flinkMaster",
          "group",
          "memorySeconds", // bench.sh
          "option", // how options are written
          "parallelism",
          "rate",
          "savepointPath",
          "steadySeconds");

  @Test
  void documentsNameOptionsThatExist() {
    Set<String> known = known();
    List<String> unknown = new ArrayList<>();
    for (Path file : Repository.files(".md")) {
      // What was, or may be, stands in these two.
      if (!Repository.name(file).matches("CHANGELOG\\.md|docs/adr/.*")) {
        for (String code : MarkdownDocument.of(Repository.text(file)).code()) {
          check(file, code, known, unknown);
        }
      }
    }
    Path examples = Repository.root().resolve("examples");
    for (Path file : Repository.files(".sh")) {
      if (file.startsWith(examples)) {
        check(file, Repository.text(file), known, unknown);
      }
    }
    assertThat(unknown).isEmpty();
  }

  private static void check(Path file, String text, Set<String> known, List<String> unknown) {
    OPTION
        .matcher(text)
        .results()
        .map(option -> option.group(1))
        .filter(option -> !known.contains(option) && !OF_OTHERS.contains(option))
        .forEach(option -> unknown.add(Repository.name(file) + ": --" + option));
  }

  private static Set<String> known() {
    Collection<Class<? extends PipelineOptions>> ours = new ArrayList<>();
    new PhusaOptionsRegistrar().getPipelineOptions().forEach(ours::add);
    ours.addAll(PipelineOptionsFactory.getRegisteredOptions());
    return ours.stream()
        .flatMap(options -> Arrays.stream(options.getMethods()))
        .map(method -> method.getName())
        .filter(name -> name.matches("(get|is)[A-Z].*"))
        .map(name -> name.replaceFirst("^(get|is)", ""))
        .map(name -> Character.toLowerCase(name.charAt(0)) + name.substring(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}

package vn.phusa.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every class and package that a document names is in the tree. */
class ClassNamesTest {
  /** A word of code in camel case with a lower-case letter: a class, not a column or a constant. */
  private static final Pattern CLASS =
      Pattern.compile("[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*(?:\\.[a-z]\\w*)?");

  /** Of Beam, or words of other programs. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "BadRecord",
          "DirectRunner",
          "DoFn",
          "ErrorHandler",
          "Fn",
          "FlinkRunner",
          "PipelineOptions",
          "TestPipeline");

  /** Documents that are about the code; the others show values, too. */
  private static final Pattern ABOUT_CODE =
      Pattern.compile("docs/(architecture|history|testing|how-to/.*|adr/.*)\\.md");

  private static final Pattern PACKAGE = Pattern.compile("vn\\.phusa(?:\\.[a-z]+)+");

  @Test
  void documentsNamePackagesThatExist() {
    Set<String> known =
        Repository.files(".java").stream()
            .map(file -> file.getParent().toString().replace(File.separatorChar, '.'))
            .flatMap(folder -> PACKAGE.matcher(folder).results().map(MatchResult::group))
            .collect(Collectors.toSet());
    List<String> unknown = new ArrayList<>();
    for (Path file : Repository.files(".md")) {
      MarkdownDocument.of(Repository.text(file)).code().stream()
          .filter(code -> PACKAGE.matcher(code).matches() && !known.contains(code))
          .forEach(name -> unknown.add(Repository.name(file) + ": " + name));
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void documentsNameClassesThatExist() {
    Set<String> known =
        Repository.files(".java").stream()
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toSet());
    List<String> unknown = new ArrayList<>();
    for (Path file : Repository.files(".md")) {
      if (ABOUT_CODE.matcher(Repository.name(file)).matches()) {
        MarkdownDocument.of(Repository.text(file)).code().stream()
            .filter(code -> CLASS.matcher(code).matches())
            .map(code -> code.replaceFirst("\\..*", ""))
            .filter(name -> !known.contains(name) && !OF_OTHERS.contains(name))
            .forEach(name -> unknown.add(Repository.name(file) + ": " + name));
      }
    }
    assertThat(unknown).isEmpty();
  }
}

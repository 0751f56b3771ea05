package vn.phusa.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every link from a document to another one, or to a file, leads somewhere. */
class LinksTest {
  private static final Pattern ELSEWHERE = Pattern.compile("(?i)[a-z][a-z0-9+.-]*:.*");

  /** How sources, scripts and messages name a document. */
  private static final Pattern NAMED = Pattern.compile("(?<![\\w/.-])(docs/[\\w./-]+\\.md)");

  @Test
  void everyLinkLeadsToAFileAndAHeading() {
    List<String> broken = new ArrayList<>();
    for (Path file : Repository.files(".md")) {
      broken.addAll(broken(Repository.root(), file));
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyDocumentThatSourcesNameExists() {
    List<String> missing = new ArrayList<>();
    for (Path file : Repository.files(".java", ".yaml", ".sql", ".sh", "pom.xml", "phusa")) {
      NAMED
          .matcher(Repository.text(file))
          .results()
          .map(named -> named.group(1))
          .filter(named -> !Files.exists(Repository.root().resolve(named)))
          .forEach(named -> missing.add(Repository.name(file) + ": " + named));
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void aLinkThatLeadsNowhereIsFound(@TempDir Path folder) throws IOException {
    Path there = Files.writeString(folder.resolve("there.md"), "# One two\n");
    Path file =
        Files.writeString(
            folder.resolve("here.md"),
            "# Here\n[a](there.md) [b](there.md#one-two) [c](#here) [d](https://example.org/x)\n"
                + "[e](gone.md) [f](there.md#two) [g](#there) [h](../out.md)\n");
    assertThat(there).exists();

    assertThat(broken(folder.toRealPath(), file.toRealPath()))
        .containsExactly(
            "here.md: gone.md is not there",
            "here.md: there.md#two has no such heading",
            "here.md: #there has no such heading",
            "here.md: ../out.md leads out of the repository");
  }

  private static List<String> broken(Path root, Path file) {
    List<String> broken = new ArrayList<>();
    for (String target : MarkdownDocument.of(Repository.text(file)).targets()) {
      if (!ELSEWHERE.matcher(target).matches()) {
        String fault = fault(root, file, target);
        if (fault != null) {
          broken.add(root.relativize(file) + ": " + target + " " + fault);
        }
      }
    }
    return broken;
  }

  /** What is wrong with a target; null: nothing. */
  private static String fault(Path root, Path file, String target) {
    int hash = target.indexOf('#');
    String path = decoded(hash < 0 ? target : target.substring(0, hash));
    Path there = path.isEmpty() ? file : file.resolveSibling(path).normalize();
    if (!there.startsWith(root)) {
      return "leads out of the repository";
    }
    if (!Files.exists(there)) {
      return "is not there";
    }
    if (hash < 0) {
      return null;
    }
    boolean isMarkdown = there.toString().endsWith(".md");
    String anchor = decoded(target.substring(hash + 1));
    return isMarkdown && MarkdownDocument.of(Repository.text(there)).anchors().contains(anchor)
        ? null
        : "has no such heading";
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}

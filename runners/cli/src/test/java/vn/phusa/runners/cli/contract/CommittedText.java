package vn.phusa.runners.cli.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that is generated from the program and committed. A test compares the two; with {@code
 * -Dphusa.rewrite} it writes the file instead.
 */
public final class CommittedText {
  /** The system property that lets files be written. */
  public static final String REWRITE = "phusa.rewrite";

  private final Path file;

  private CommittedText(Path file) {
    this.file = file;
  }

  /**
   * A file of the repository.
   *
   * @param path from the repository's root
   */
  public static CommittedText at(String path) {
    Path folder = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("phusa"))) {
      folder = folder.getParent();
    }
    return new CommittedText(folder.resolve(path));
  }

  /** A text as it stands in a cell of a Markdown table. */
  public static String cell(String text) {
    return text.replaceAll("([|*<\\\\])", "\\\\$1");
  }

  /** Fails unless the file holds this text. */
  public void assertHolds(String text) throws IOException {
    if (System.getProperty(REWRITE) != null) {
      Files.writeString(file, text);
      return;
    }
    assertThat(Files.isRegularFile(file) ? Files.readString(file) : "")
        .as("%s is not what the program says: see docs/development.md, Generated files", file)
        .isEqualTo(text);
  }
}

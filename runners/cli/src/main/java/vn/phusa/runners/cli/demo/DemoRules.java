package vn.phusa.runners.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import vn.phusa.runners.embedded.home.HomeFolder;
import vn.phusa.runners.embedded.home.HomeRefusedException;
import vn.phusa.runners.embedded.home.PrivateFiles;
import vn.phusa.runners.jobs.failure.UsageException;

/**
 * The rules of a demonstration: the built-in ones, but for two platforms whose orders are taken
 * from the platform itself, so that both ways are seen.
 */
final class DemoRules {
  private DemoRules() {}

  /** Writes them under a home, for {@code --rules}. */
  static Path write(Path home) {
    try {
      Path file = HomeFolder.of(home).path().resolve("demo-rules.yaml");
      PrivateFiles.write(
          file,
          """
          # Of Tiki's and Sendo's orders the marketplaces are the authority: the shop's own lines of these
          # platforms do not count. Of all others it is the shop's database, as everywhere by default.
          orderAuthorities:
            platforms: {Tiki: tiki, Sendo: sendo}
          """);
      return file;
    } catch (HomeRefusedException e) {
      throw new UsageException("--home: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("the rules of the demonstration cannot be written", e);
    }
  }
}

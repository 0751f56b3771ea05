package vn.phusa.runners.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.jobs.failure.Failure;

class EmbeddedStackTest {
  @TempDir private Path folder;

  @Test
  void aHomeThatOthersMayWriteIntoIsAWrongOption() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> EmbeddedStack.at(home))
        .satisfies(
            refused ->
                assertThat(Failure.of(refused))
                    .isEqualTo(
                        new Failure(
                            ExitCode.WRONG_OPTIONS,
                            "--home: others may write into %1$s; if you trust what is there: chmod -R go-rwx %1$s"
                                .formatted(home.toRealPath()))));
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void aFactorOfTimeLimitsThatIsNoneIsAWrongOption() {
    String before = System.getProperty("phusa.timeoutFactor");
    System.setProperty("phusa.timeoutFactor", "3x");
    try {
      assertThatThrownBy(() -> EmbeddedStack.at(folder.resolve("none")))
          .satisfies(
              refused ->
                  assertThat(Failure.of(refused))
                      .isEqualTo(
                          new Failure(
                              ExitCode.WRONG_OPTIONS,
                              "-Dphusa.timeoutFactor: a number above 0, 1000 at most, expected")));
    } finally {
      if (before == null) {
        System.clearProperty("phusa.timeoutFactor");
      } else {
        System.setProperty("phusa.timeoutFactor", before);
      }
    }
    assertThat(folder.resolve("none")).doesNotExist();
  }
}

package vn.phusa.runners.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceWatchTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "java.io.IOException: No space left on device, its disk is full",
    "'accept failed: Too many open files', 'too many open files, raise ulimit -n'",
    "Terminating due to java.lang.OutOfMemoryError: Java heap space, it ran out of memory",
  })
  void aLogSaysWhyAServiceEnded(String line, String words) throws Exception {
    Path log = folder.resolve("log");
    Files.writeString(log, "x\n".repeat(100_000) + line + "\nat the end\n");

    assertThat(ServiceWatch.reason(log)).contains(words + " (" + log + ")");
  }

  @Test
  void aLogThatDoesNotSayGivesNoReason() throws Exception {
    Path log = folder.resolve("log");
    Files.writeString(log, "stopped\n");

    assertThat(ServiceWatch.reason(log)).isEmpty();
    assertThat(ServiceWatch.reason(folder.resolve("absent"))).isEmpty();
  }
}

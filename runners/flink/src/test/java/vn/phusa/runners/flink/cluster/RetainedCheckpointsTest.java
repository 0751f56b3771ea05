package vn.phusa.runners.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetainedCheckpointsTest {
  @TempDir Path folder;

  @Test
  void theNewestByNumberThatIsComplete() throws IOException {
    complete("chk-9");
    Path newest = complete("chk-10");
    Files.createDirectories(folder.resolve("job/chk-11"));
    Files.createDirectories(folder.resolve("job/shared"));

    assertThat(RetainedCheckpoints.in(folder).latest("job")).contains(newest);
  }

  @Test
  void noneOfAJobThatNeverMadeOne() throws IOException {
    Files.createDirectories(folder.resolve("job/chk-1"));

    assertThat(RetainedCheckpoints.in(folder).latest("job")).isEmpty();
    assertThat(RetainedCheckpoints.in(folder).latest("unknown")).isEmpty();
  }

  private Path complete(String name) throws IOException {
    Path checkpoint = Files.createDirectories(folder.resolve("job").resolve(name));
    Files.createFile(checkpoint.resolve("_metadata"));
    return checkpoint;
  }
}

package vn.phusa.runners.embedded.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopbackTest {
  @TempDir private Path folder;

  @Test
  void aPortThatIsNotYetTakenIsNotGivenTwice() throws Exception {
    Path first = folder.resolve("first.port");
    Path second = folder.resolve("second.port");
    int port = Loopback.freePort(first);
    Files.writeString(second, Integer.toString(port));

    assertThat(Loopback.freePort(second)).isNotEqualTo(port);
    assertThat(Loopback.freePort(first)).as("the one that was used last").isEqualTo(port);
  }
}

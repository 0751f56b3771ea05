package vn.phusa.runners.embedded.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryCacheTest {
  @TempDir private Path folder;

  @Test
  void whatOthersMayWriteIntoIsNotRunFrom() throws Exception {
    Path cache = Files.createDirectory(folder.resolve("cache"));
    for (String open : new String[] {"rwxrwxr-x", "rwxr-xrwx", "rwxrwxrwx"}) {
      Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString(open));
      assertThat(BinaryCache.usable(cache)).as(open).isEmpty();
    }
    for (String closed : new String[] {"rwxr-xr-x", "rwx------", "rwx--x---"}) {
      Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString(closed));
      assertThat(BinaryCache.usable(cache)).as(closed).hasSize(1);
    }
    assertThat(BinaryCache.usable(folder.resolve("absent"))).hasSize(1);
  }

  @Test
  void whatIsSomebodyElsesIsNotRunFrom() throws Exception {
    assumeTrue(ProcessUser.isRoot(), "only root can give a folder away");
    Path cache = Files.createDirectory(folder.resolve("cache"));
    Files.setAttribute(cache, "unix:uid", 54321);
    assertThat(BinaryCache.usable(cache)).isEmpty();
  }
}

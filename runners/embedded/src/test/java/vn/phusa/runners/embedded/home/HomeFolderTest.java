package vn.phusa.runners.embedded.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.embedded.EmbeddedServices;

class HomeFolderTest {
  private static final int SOMEBODY = 54321;

  @TempDir private Path folder;

  @Test
  void aNewOneIsClosedFromTheStart() throws Exception {
    Path home = folder.resolve("below/home");
    assertThat(HomeFolder.of(home).path()).isEqualTo(home.toRealPath());
    assertThat(modes(home)).isEqualTo("rwx------");
    assertThat(modes(home.getParent())).isEqualTo("rwx------");
  }

  @Test
  void oneOfOursIsClosedWithAllThatIsInIt() throws Exception {
    Path home = make("home", "rwxr-xr-x");
    Path inner = make("home/kafka", "rwxr-xr-x");
    Path file = Files.writeString(inner.resolve("log"), "text");
    Path program = Files.writeString(inner.resolve("program"), "text");
    Path outside = Files.writeString(folder.resolve("outside"), "text");
    set(file, "rw-r--r--");
    set(program, "rwxr-xr-x");
    set(outside, "rw-r--r--");
    Files.createSymbolicLink(home.resolve("link"), outside);
    HomeFolder.of(home).close();
    assertThat(modes(home)).isEqualTo("rwx------");
    assertThat(modes(inner)).isEqualTo("rwx------");
    assertThat(modes(file)).isEqualTo("rw-------");
    assertThat(modes(program)).isEqualTo("rwx------");
    assertThat(modes(outside)).as("what a link leads to").isEqualTo("rw-r--r--");
  }

  @Test
  void oneThatOthersMayWriteIntoIsRefusedWithWhatMendsIt() throws Exception {
    Path home = make("the home", "rwxrwxrwx");
    assertThatThrownBy(() -> EmbeddedServices.at(home))
        .isInstanceOf(HomeRefusedException.class)
        .hasMessage(
            "others may write into %1$s; if you trust what is there: chmod -R go-rwx '%1$s'",
            home.toRealPath());
    assertThat(home).isEmptyDirectory();
    set(home, "rwxr-xr-x");
    make("the home/mongo", "rwxrwxr-x");
    assertThatThrownBy(() -> EmbeddedServices.at(home))
        .isInstanceOf(HomeRefusedException.class)
        .hasMessageStartingWith("others may write into " + home.toRealPath().resolve("mongo; if"));
  }

  @Test
  void whatOthersMayWriteToButCouldNotReachIsClosed() throws Exception {
    Path home = make("home", "rwx------");
    Path file = Files.writeString(make("home/mongo", "rwxrwxrwx").resolve("data"), "text");
    set(file, "rw-rw-rw-");
    HomeFolder.of(home).close();
    assertThat(modes(file)).isEqualTo("rw-------");
    assertThat(modes(file.getParent())).isEqualTo("rwx------");
  }

  @Test
  void whatIsSomebodyElsesIsRefused() throws Exception {
    assumeTrue(ProcessUser.isRoot(), "only root can give a file away");
    Path home = make("home", "rwx------");
    Path planted = Files.writeString(home.resolve("data.mv"), "gadgets");
    Files.setAttribute(planted, "unix:uid", SOMEBODY);
    assertThatThrownBy(() -> EmbeddedServices.at(home))
        .isInstanceOf(HomeRefusedException.class)
        .hasMessage(
            "%s belongs to %s, not to root; give a home of your own, or as root: chown -R root %s",
            planted.toRealPath(), Integer.toString(SOMEBODY), home.toRealPath());
    Files.delete(planted);
    Files.setAttribute(home, "unix:uid", SOMEBODY);
    assertThatThrownBy(() -> HomeFolder.of(home)).isInstanceOf(HomeRefusedException.class);
  }

  private Path make(String name, String modes) throws Exception {
    return set(Files.createDirectories(folder.resolve(name)), modes);
  }

  private static Path set(Path path, String modes) throws Exception {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(modes));
  }

  private static String modes(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}

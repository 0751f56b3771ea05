package vn.phusa.runners.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How PostgreSQL's programs are started: as they are by an ordinary user. They refuse root, so root
 * starts them in a user namespace, where root has no name, or where namespaces are forbidden under
 * another user's id.
 *
 * @param prefix the words in front of the command; empty for an ordinary user
 * @param owner the user id that the data must belong to; negative: as it is
 */
record UnprivilegedLaunch(List<String> prefix, int owner) {
  private static final int ROOT = 0;
  private static final int NOBODY = 65534;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** An ordinary user's way. */
  static final UnprivilegedLaunch DIRECT = new UnprivilegedLaunch(List.of(), -1);

  /** Root's ways, the best first. */
  static final List<UnprivilegedLaunch> FOR_ROOT =
      List.of(
          new UnprivilegedLaunch(List.of("unshare", "-U"), ROOT),
          // The capability lets it reach a home below a folder that is closed to others, such as
          // /root.
          new UnprivilegedLaunch(
              List.of(
                  "setpriv",
                  "--reuid=" + NOBODY,
                  "--regid=" + NOBODY,
                  "--clear-groups",
                  "--inh-caps=-all,+dac_override",
                  "--ambient-caps=-all,+dac_override"),
              NOBODY),
          new UnprivilegedLaunch(
              List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"),
              NOBODY),
          new UnprivilegedLaunch(List.of("runuser", "-u", "nobody", "--"), NOBODY));

  /**
   * The first way that works here.
   *
   * @param home a folder that the started programs must be able to reach
   * @param program a program that they must be able to run with {@code --version}
   * @param forRoot the ways to try as root
   * @throws EmbeddedServiceException when root has none
   */
  static UnprivilegedLaunch find(Path home, Path program, List<UnprivilegedLaunch> forRoot)
      throws IOException {
    if (!isRoot()) {
      return DIRECT;
    }
    for (UnprivilegedLaunch launch : forRoot) {
      if (launch.works(home, program)) {
        return launch;
      }
    }
    throw new EmbeddedServiceException(
        "PostgreSQL does not run as root, and neither unshare -U, setpriv nor runuser gives up root"
            + " here with "
            + home
            + " still in reach: start as an ordinary user");
  }

  List<String> line(String... command) {
    List<String> line = new ArrayList<>(prefix);
    line.addAll(List.of(command));
    return line;
  }

  /** Gives the folder, and what is in it, to the user that the programs will be. */
  void own(Path folder) throws IOException {
    if (owner >= 0 && Files.exists(folder)) {
      FileTrees.own(folder, owner, owner);
    }
  }

  private static boolean isRoot() throws IOException {
    return FileTrees.uidOf(Path.of("/proc/self")) == ROOT;
  }

  private boolean works(Path home, Path program) {
    String check = "test \"$(id -u)\" != 0 && cd \"$1\" && \"$2\" --version";
    try {
      return Command.run(
              LIMIT, Map.of(), line("sh", "-c", check, "sh", home.toString(), program.toString()))
          .isSuccess();
    } catch (IOException absent) {
      return false; // this system does not have the program; the next way may do
    }
  }
}

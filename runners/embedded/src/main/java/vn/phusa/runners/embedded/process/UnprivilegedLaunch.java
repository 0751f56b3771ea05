package vn.phusa.runners.embedded.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vn.phusa.runners.embedded.home.FileTrees;
import vn.phusa.runners.embedded.home.ProcessUser;

/**
 * How PostgreSQL's programs are started: as they are by an ordinary user. They refuse root, so root
 * starts them in a user namespace, where root has no name, or where namespaces are forbidden under
 * another user's id.
 *
 * @param prefix the words in front of the command; empty for an ordinary user
 * @param owner the user id that the data must belong to; negative: as it is
 * @param walks whether it reaches the data as anybody would, through folders that let it pass
 */
public record UnprivilegedLaunch(List<String> prefix, int owner, boolean walks) {
  private static final Duration LIMIT = Deadline.scaled(Duration.ofMinutes(2));

  /** An ordinary user's way. */
  static final UnprivilegedLaunch DIRECT = new UnprivilegedLaunch(List.of(), -1, false);

  /** Root's ways, the best first. */
  public static final List<UnprivilegedLaunch> FOR_ROOT =
      List.of(
          new UnprivilegedLaunch(List.of("unshare", "-U"), ProcessUser.ROOT, false),
          // The capability lets it reach a home below a folder that is closed to others, such as
          // /root.
          new UnprivilegedLaunch(
              List.of(
                  "setpriv",
                  "--reuid=" + ProcessUser.NOBODY,
                  "--regid=" + ProcessUser.NOBODY,
                  "--clear-groups",
                  "--inh-caps=-all,+dac_override",
                  "--ambient-caps=-all,+dac_override"),
              ProcessUser.NOBODY,
              false),
          new UnprivilegedLaunch(
              List.of(
                  "setpriv",
                  "--reuid=" + ProcessUser.NOBODY,
                  "--regid=" + ProcessUser.NOBODY,
                  "--clear-groups"),
              ProcessUser.NOBODY,
              true),
          new UnprivilegedLaunch(
              List.of("runuser", "-u", "nobody", "--"), ProcessUser.NOBODY, true));

  /** The ways to try here: root's for root, else the direct one. */
  public static List<UnprivilegedLaunch> ways(List<UnprivilegedLaunch> forRoot) throws IOException {
    return ProcessUser.isRoot() ? forRoot : List.of(DIRECT);
  }

  /** Whether a program that is started so is not root and reaches the folder. */
  public boolean reaches(Path folder) {
    return succeeds("test \"$(id -u)\" != 0 && cd \"$1\"", folder);
  }

  /**
   * Whether PostgreSQL's programs in the folder can be run so. Not a question of execution alone:
   * they look for each other with access(2), which knows no capabilities.
   */
  public boolean runs(Path binaries) {
    return succeeds("\"$1/bin/initdb\" --show --pgdata=/nowhere", binaries);
  }

  public List<String> line(String... command) {
    List<String> line = new ArrayList<>(prefix);
    line.addAll(List.of(command));
    return line;
  }

  /**
   * Gives the file, or the folder with what is in it, to the user that the programs will be. A
   * folder that is theirs is so as a whole.
   */
  public void own(Path path) throws IOException {
    if (owner >= 0 && ProcessUser.ownerOf(path) != owner) {
      FileTrees.own(path, owner);
    }
  }

  /**
   * Lets the user that the programs will be pass through a folder of ours, but not list it; nobody
   * else.
   */
  public void admit(Path folder) throws IOException {
    if (owner >= 0) {
      Files.setAttribute(folder, "unix:uid", ProcessUser.ROOT);
      Files.setAttribute(folder, "unix:gid", walks ? owner : ProcessUser.ROOT);
      Files.setPosixFilePermissions(
          folder, PosixFilePermissions.fromString(walks ? "rwx--x---" : "rwx------"));
    }
  }

  private boolean succeeds(String check, Path argument) {
    try {
      return ProgramRun.run(LIMIT, Map.of(), line("sh", "-c", check, "sh", argument.toString()))
          .isSuccess();
    } catch (IOException absent) {
      return false; // this system does not have the program; the next way may do
    }
  }
}

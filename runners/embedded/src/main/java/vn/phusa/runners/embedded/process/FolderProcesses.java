package vn.phusa.runners.embedded.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.phusa.runners.embedded.home.EmbeddedServiceException;

/**
 * The processes of one program that work in one folder, found in Linux's /proc. A pid file may be a
 * lie (the number was given to another process since, or the machine was started anew); the
 * kernel's own table is not.
 */
public final class FolderProcesses {
  private final String program;
  private final Path folder;

  /**
   * @param program the program's name as the kernel keeps it: at most 15 characters
   * @param folder the folder that is its working directory or one of its arguments; it need not
   *     exist
   */
  public FolderProcesses(String program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /**
   * Those that run; a process that has ended and is only waiting for its parent is not among them.
   */
  public List<ProcessHandle> running() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(this::isOurs).collect(Collectors.toList());
    }
  }

  /**
   * Ends them all with SIGKILL, as a crash would, and waits until none is left; an interruption
   * does not keep it from that.
   *
   * @throws EmbeddedServiceException when some are still there after the time
   */
  public void kill(Duration limit) {
    boolean interrupted = Thread.interrupted();
    boolean gone =
        Deadline.await(
            limit,
            () -> {
              List<ProcessHandle> left = running();
              // Parents first, so that nobody is there to start a new child for a dead one.
              left.stream()
                  .filter(process -> left.stream().noneMatch(other -> isParent(other, process)))
                  .forEach(ProcessHandle::destroyForcibly);
              left.forEach(ProcessHandle::destroyForcibly);
              return left.isEmpty();
            });
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (!gone) {
      throw new EmbeddedServiceException(
          "Processes of " + program + " in " + folder + " cannot be killed: " + pids());
    }
  }

  /** Asks them all to end (SIGTERM) and waits; those that do not are killed. */
  public void stop(Duration limit) {
    running().forEach(ProcessHandle::destroy);
    if (!Deadline.await(limit, () -> running().isEmpty())) {
      kill(limit);
    }
  }

  public String pids() {
    return running().stream()
        .map(process -> Long.toString(process.pid()))
        .collect(Collectors.joining(", "));
  }

  private static boolean isParent(ProcessHandle parent, ProcessHandle child) {
    return child.parent().map(found -> found.pid() == parent.pid()).orElse(false);
  }

  private boolean isOurs(ProcessHandle process) {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    try {
      String stat = Files.readString(proc.resolve("stat"), StandardCharsets.ISO_8859_1);
      int nameEnd = stat.lastIndexOf(')');
      if (!stat.substring(stat.indexOf('(') + 1, nameEnd).equals(program)) {
        return false;
      }
      char state = stat.charAt(nameEnd + 2);
      return state != 'Z' && state != 'X' && (isNamedIn(proc) || worksIn(proc));
    } catch (IOException vanished) {
      return false; // it ended while we looked
    }
  }

  private boolean isNamedIn(Path proc) throws IOException {
    String line = Files.readString(proc.resolve("cmdline"), StandardCharsets.ISO_8859_1);
    byte[] name = folder.toString().getBytes(StandardCharsets.UTF_8);
    return List.of(line.split("\0", -1)).contains(new String(name, StandardCharsets.ISO_8859_1));
  }

  private boolean worksIn(Path proc) {
    try {
      return Files.readSymbolicLink(proc.resolve("cwd")).equals(folder);
    } catch (IOException foreign) {
      return false; // another user's process: only its arguments may be read
    }
  }
}

package vn.phusa.pipelines.io.warehouse.ledger;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A process that runs something on a warehouse.
 *
 * @param host the machine's name, for a person
 * @param pid its id there
 * @param mark what distinguishes it from every other process with that id; null where the system
 *     does not say
 */
record RunProcess(String host, long pid, @Nullable String mark) {
  private static final Path PROC = Path.of("/proc");
  private static final int START_TIME = 22;
  private static final int STATE = 3;

  /** What is known of whether a process lives. */
  enum Life {
    ALIVE,
    DEAD,
    /** It is one of another machine, container or user, or the system does not say. */
    UNKNOWN
  }

  /** This one. */
  static RunProcess ofThisOne() {
    long pid = ProcessHandle.current().pid();
    String mark = null;
    try {
      mark = place() + " start=" + field(stat(pid), START_TIME);
    } catch (IOException | RuntimeException e) {
      // Another system than Linux: nobody can tell from it that this process is dead.
    }
    return new RunProcess(hostName(), pid, mark);
  }

  /**
   * Whether it lives. It is dead only where this process would see it: in the same boot and
   * namespace of processes, of the same user (a system can hide those of others).
   */
  Life life() {
    if (mark == null) {
      return Life.UNKNOWN;
    }
    try {
      String here = place();
      if (!mark.startsWith(here + " ")) {
        return Life.UNKNOWN;
      }
      String stat = stat(pid);
      boolean same = mark.equals(here + " start=" + field(stat, START_TIME));
      return same && !"ZX".contains(field(stat, STATE)) ? Life.ALIVE : Life.DEAD;
    } catch (NoSuchFileException e) {
      return Life.DEAD;
    } catch (IOException | RuntimeException e) {
      return Life.UNKNOWN;
    }
  }

  /** Where this process sees others. */
  private static String place() throws IOException {
    return "boot="
        + Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip()
        + " "
        + Files.readSymbolicLink(PROC.resolve("self/ns/pid"))
        + " uid="
        + Files.getAttribute(PROC.resolve("self"), "unix:uid");
  }

  private static String stat(long pid) throws IOException {
    return Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
  }

  /** A field by its number in proc(5); the second one, a name in parentheses, may hold anything. */
  private static String field(String stat, int number) {
    return stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ")[number - 3];
  }

  /** A machine need not know its own name. */
  private static String hostName() {
    try {
      return Files.readString(PROC.resolve("sys/kernel/hostname")).strip();
    } catch (IOException e) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException unknown) {
        return "unknown";
      }
    }
  }
}

package vn.phusa.runners.embedded.junit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A TCP port on which a process takes connections, as Linux shows in /proc.
 *
 * @param program the process' name as the kernel keeps it, for example {@code postgres}
 * @param pid its id
 * @param address in dotted form, {@code 127.0.0.1} also where it is in an IPv6 socket; otherwise
 *     the kernel's hexadecimal form
 * @param port the port
 */
public record ListeningSocket(String program, long pid, String address, int port) {
  private static final String LISTENS = "0A";
  private static final String IPV4_IN_IPV6 = "0000000000000000FFFF0000";
  private static final int HEXADECIMAL = 16;

  /** Those of a process, and of all that it started, and they in turn. */
  public static List<ListeningSocket> ofTree(ProcessHandle root) throws IOException {
    return of(Stream.concat(Stream.of(root), root.descendants()).toList());
  }

  /** Those of some processes; one that ends meanwhile has none. */
  public static List<ListeningSocket> of(List<ProcessHandle> processes) throws IOException {
    Map<String, String[]> tables = new HashMap<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] columns = line.strip().split("\\s+");
        if (columns[3].equals(LISTENS)) {
          tables.put("socket:[" + columns[9] + "]", columns[1].split(":"));
        }
      }
    }
    List<ListeningSocket> found = new ArrayList<>();
    for (ProcessHandle process : processes) {
      for (String file : openFiles(process.pid())) {
        String[] place = tables.get(file);
        if (place != null) {
          found.add(
              new ListeningSocket(
                  program(process.pid()),
                  process.pid(),
                  address(place[0]),
                  Integer.parseInt(place[1], HEXADECIMAL)));
        }
      }
    }
    return found;
  }

  /** Whether nobody but this machine can reach it. */
  public boolean isLoopback() {
    return address.startsWith("127.") || address.equals("00000000000000000000000001000000");
  }

  private static String address(String hexadecimal) {
    String four =
        hexadecimal.startsWith(IPV4_IN_IPV6)
            ? hexadecimal.substring(IPV4_IN_IPV6.length())
            : hexadecimal;
    if (four.length() != Integer.BYTES * 2) {
      return hexadecimal;
    }
    long number = Long.parseLong(four, HEXADECIMAL);
    return (number & 0xff)
        + "."
        + (number >> 8 & 0xff)
        + "."
        + (number >> 16 & 0xff)
        + "."
        + (number >> 24);
  }

  private static String program(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "comm"), StandardCharsets.UTF_8)
          .strip();
    } catch (IOException ended) {
      return "";
    }
  }

  private static List<String> openFiles(long pid) {
    List<String> files = new ArrayList<>();
    Path folder = Path.of("/proc", Long.toString(pid), "fd");
    try (DirectoryStream<Path> open = Files.newDirectoryStream(folder)) {
      for (Path file : open) {
        files.add(Files.readSymbolicLink(file).toString());
      }
    } catch (IOException | DirectoryIteratorException ended) {
      return files;
    }
    return files;
  }
}

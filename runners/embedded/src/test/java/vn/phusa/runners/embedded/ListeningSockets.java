package vn.phusa.runners.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The addresses on which something listens, as Linux tells in /proc/net. */
final class ListeningSockets {
  private static final String LISTEN = "0A";

  private ListeningSockets() {}

  /** The addresses, in the kernel's hexadecimal form, on which the port is open. */
  static List<String> addresses(int port) throws IOException {
    String wanted = String.format(Locale.ROOT, "%04X", port);
    List<String> found = new ArrayList<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] columns = line.strip().split("\\s+");
        if (columns[1].endsWith(":" + wanted) && columns[3].equals(LISTEN)) {
          found.add(columns[1].substring(0, columns[1].indexOf(':')));
        }
      }
    }
    return found;
  }

  /** 127.0.0.1 as IPv4, or as IPv4 in an IPv6 socket. */
  static boolean isLoopback(String address) {
    return address.equals("0100007F") || address.equals("0000000000000000FFFF00000100007F");
  }
}

package vn.phusa.runners.embedded.process;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a JVM is started beside this one: the same JDK, with what this one was allowed. Which flags a
 * JDK needs and knows is the launcher's and the build's to say, once.
 */
public final class JavaProcess {
  private static final List<String> INHERITED =
      List.of(
          "--add-opens",
          "--enable-native-access",
          "--sun-misc-unsafe-memory-access",
          "-Dfile.encoding=",
          "-Duser.language=",
          "-Djava.net.preferIPv4Stack=",
          "-Dphusa.timeoutFactor=");

  private JavaProcess() {}

  /** The program and the flags that every JVM of ours needs; the caller adds to the list. */
  public static List<String> line() {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (INHERITED.stream().anyMatch(flag::startsWith)) {
        line.add(flag);
      }
    }
    return line;
  }
}

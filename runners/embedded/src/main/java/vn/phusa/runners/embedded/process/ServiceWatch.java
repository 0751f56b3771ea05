package vn.phusa.runners.embedded.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports when the process of a service ends that nobody stopped, and why as far as its log knows.
 */
public final class ServiceWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceWatch.class);
  private static final long LAST_BYTES = 1 << 16;

  private final String name;
  private final Path log;
  private volatile boolean expected;

  private ServiceWatch(String name, Path log) {
    this.name = name;
    this.log = log;
  }

  /** Watches a process from now on. */
  public static ServiceWatch over(String name, Process process, Path log) {
    ServiceWatch watch = new ServiceWatch(name, log);
    var unused = process.onExit().thenAccept(ended -> watch.report(ended.exitValue()));
    return watch;
  }

  /** Its end is what is wanted from now on. */
  public void expectEnd() {
    expected = true;
  }

  private void report(int code) {
    if (!expected) {
      LOG.warn(
          "{} has ended by itself (code {}): {}", name, code, reason(log).orElse(log.toString()));
    }
  }

  /** Why a service ended or does not start, for a person; empty if its log does not say. */
  public static Optional<String> reason(Path log) {
    String text;
    try {
      byte[] all = Files.readAllBytes(log);
      int from = (int) Math.max(0, all.length - LAST_BYTES);
      text = new String(all, from, all.length - from, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return Optional.empty();
    }
    return Reason.ALL.stream()
        .filter(reason -> text.contains(reason.sign))
        .map(reason -> reason.words + " (" + log + ")")
        .findFirst();
  }

  /**
   * What a log says.
   *
   * @param sign by which it is known
   */
  private record Reason(String sign, String words) {
    static final List<Reason> ALL =
        List.of(
            new Reason("No space left on device", "its disk is full"),
            new Reason("Too many open files", "too many open files, raise ulimit -n"),
            new Reason("java.lang.OutOfMemoryError", "it ran out of memory"),
            new Reason("Cannot allocate memory", "the machine has no memory left"));
  }
}

package vn.phusa.runners.bench.stream;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Runs another main class, and notes how much its heap holds after a collection, periodically. */
public final class WatchedMain {
  /** The file for the notes: bytes of the heap, one number a line. */
  static final String HEAP_LOG = "phusa.bench.heap";

  private static final long EVERY_MILLIS = 20_000;

  private WatchedMain() {}

  /**
   * @param arguments the name of the class, and its arguments
   */
  public static void main(String[] arguments) throws Exception {
    String file = System.getProperty(HEAP_LOG);
    if (file != null) {
      Thread watch = new Thread(() -> watch(Path.of(file)), "heap-watch");
      watch.setDaemon(true);
      watch.start();
    }
    Class.forName(arguments[0])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
  }

  private static void watch(Path file) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    try (PrintWriter out =
        new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), true)) {
      while (true) {
        Thread.sleep(EVERY_MILLIS);
        memory.gc();
        out.println(memory.getHeapMemoryUsage().getUsed());
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("the heap is not watched any more", e);
    }
  }
}

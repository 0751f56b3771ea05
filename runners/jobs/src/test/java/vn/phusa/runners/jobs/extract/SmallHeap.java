package vn.phusa.runners.jobs.extract;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import vn.phusa.pipelines.io.marketplace.Extractor;
import vn.phusa.runners.embedded.process.Deadline;

/** An extraction in a process of its own, with a heap that a test chooses. */
final class SmallHeap {
  private SmallHeap() {}

  /**
   * What came of it.
   *
   * @param code the process' exit code
   * @param text all that it printed; its last lines are the outcome's status and message, and the
   *     most megabytes that its heap held
   */
  record Result(int code, String text) {}

  /** Extracts a part with a heap of some megabytes. */
  static Result extract(
      Extractor extractor, String name, String part, int megabytes, Path folder, Duration limit)
      throws IOException, InterruptedException {
    Path task = folder.resolve("extractor");
    try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(task))) {
      out.writeObject(extractor);
    }
    Path printed = folder.resolve("printed");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + megabytes + "m",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeap.class.getName(),
                task.toString(),
                name,
                part)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    try {
      boolean isOver = process.waitFor(Deadline.scaled(limit).toSeconds(), TimeUnit.SECONDS);
      int code = isOver ? process.exitValue() : -1;
      return new Result(code, Files.readString(printed));
    } finally {
      process.destroyForcibly();
    }
  }

  /** Where that process enters. */
  public static void main(String[] arguments) throws Exception {
    Extractor extractor;
    try (ObjectInputStream in =
        new ObjectInputStream(Files.newInputStream(Path.of(arguments[0])))) {
      extractor = (Extractor) in.readObject();
    }
    Extractor.Outcome outcome = extractor.extract(arguments[1], arguments[2]);
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    System.out.println(outcome.status() + " " + outcome.message());
    System.out.println("peak " + (peak >> 20) + " MB");
    System.exit(0);
  }
}

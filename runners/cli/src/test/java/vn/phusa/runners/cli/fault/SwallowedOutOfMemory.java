package vn.phusa.runners.cli.fault;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import vn.phusa.runners.cli.process.ExitLine;
import vn.phusa.runners.cli.process.OutOfMemory;
import vn.phusa.runners.cli.process.ProcessFolder;

/** A process in which a thread meets an OutOfMemoryError that nobody is told of. */
public final class SwallowedOutOfMemory {
  private SwallowedOutOfMemory() {}

  /** Waits for an answer that will never come. */
  public static void main(String[] arguments) throws Exception {
    OutOfMemory.watch(Path.of(System.getProperty(ProcessFolder.PROPERTY)), new ExitLine());
    new Thread(SwallowedOutOfMemory::fill, "library").start();
    new CountDownLatch(1).await();
  }

  private static void fill() {
    Object[] kept = {};
    while (true) {
      try {
        kept = new Object[] {kept, new byte[1_000]};
      } catch (OutOfMemoryError swallowed) {
        // What it has stays, and it wants more: whoever comes next finds no memory either.
        continue;
      }
    }
  }
}

package vn.phusa.runners.jobs.failure;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.apache.commons.lang3.exception.ExceptionUtils;

/** The files and connections that this process may have open at the same time. */
public final class OpenFiles {
  /** What all embedded services and Flink need together, with much to spare. */
  private static final int ENOUGH = 4_096;

  private static final int NEARLY = 16;

  private OpenFiles() {}

  /**
   * What a person should know of a failure that comes from having too many open; empty if it does
   * not. A class or a native library that cannot be loaded does not say why.
   */
  public static Optional<String> exhaustedBy(Throwable failure) {
    boolean reported =
        ExceptionUtils.getThrowableList(failure).stream()
            .anyMatch(e -> String.valueOf(e.getMessage()).contains("Too many open files"));
    boolean likely = failure instanceof LinkageError && isNearlyExhausted();
    return reported || likely ? Optional.of(line()) : Optional.empty();
  }

  private static String line() {
    String limit = system().map(os -> " of " + os.getMaxFileDescriptorCount()).orElse("");
    return "too many open files: the limit"
        + limit
        + " (ulimit -n) is too small, "
        + ENOUGH
        + " are enough";
  }

  private static boolean isNearlyExhausted() {
    return system()
        .map(os -> os.getOpenFileDescriptorCount() > os.getMaxFileDescriptorCount() - NEARLY)
        .orElse(false);
  }

  private static Optional<UnixOperatingSystemMXBean> system() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? Optional.of(unix)
        : Optional.empty();
  }
}

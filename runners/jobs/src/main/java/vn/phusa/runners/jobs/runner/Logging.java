package vn.phusa.runners.jobs.runner;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.util.logging.LogManager;
import org.slf4j.LoggerFactory;

/** How much is logged; to be said before the first logger is made. */
public final class Logging {
  private static final String VERBOSE = "%d{HH:mm:ss.SSS} %-5level %logger{20}: %msg%n%ex";

  private Logging() {}

  /**
   * Sets what logback.xml reads.
   *
   * @param verbose whether our own steps and stack traces are shown
   */
  public static void configure(boolean verbose) {
    System.setProperty("phusa.level", verbose ? "DEBUG" : "INFO");
    System.setProperty("phusa.embedded.level", verbose ? "DEBUG" : "WARN");
    System.setProperty("phusa.others.level", verbose ? "WARN" : "ERROR");
    System.setProperty("phusa.flink.level", verbose ? "WARN" : "OFF");
    System.setProperty("phusa.pattern", verbose ? VERBOSE : "%msg%n%nopex");
    System.setProperty("phusa.tasks.pattern", verbose ? VERBOSE : "%taskFailure%nopex");
    // The PostgreSQL driver and others log by java.util.logging, to standard error by default.
    LogManager.getLogManager().reset();
  }

  /** Reports each task, and each source, of a stream on Flink that failed in this process. */
  public static void reportFailedTasks() {
    // On a cluster's client the log is not ours.
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger("org.apache.flink.runtime.taskmanager.Task").setLevel(Level.WARN);
      // What splits a source runs beside the tasks, and starts all of them again where it fails.
      context.getLogger("org.apache.flink.runtime.source.coordinator").setLevel(Level.WARN);
    }
  }
}

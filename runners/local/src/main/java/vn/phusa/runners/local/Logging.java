package vn.phusa.runners.local;

import java.util.logging.LogManager;

/** How much is logged; to be said before the first logger is made. */
final class Logging {
  private Logging() {}

  /**
   * Sets what logback.xml reads.
   *
   * @param verbose whether our own steps and stack traces are shown
   */
  static void configure(boolean verbose) {
    System.setProperty("phusa.level", verbose ? "DEBUG" : "INFO");
    System.setProperty("phusa.embedded.level", verbose ? "DEBUG" : "WARN");
    System.setProperty("phusa.others.level", verbose ? "WARN" : "ERROR");
    System.setProperty("phusa.flink.level", verbose ? "WARN" : "OFF");
    System.setProperty(
        "phusa.pattern",
        verbose ? "%d{HH:mm:ss.SSS} %-5level %logger{20}: %msg%n%ex" : "%msg%n%nopex");
    // The PostgreSQL driver and others log by java.util.logging, to standard error by default.
    LogManager.getLogManager().reset();
  }
}

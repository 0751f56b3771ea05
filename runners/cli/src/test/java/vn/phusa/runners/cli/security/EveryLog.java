package vn.phusa.runners.cli.security;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.slf4j.LoggerFactory;

/** All that anything in this JVM logs meanwhile, each logger at its most verbose level. */
final class EveryLog implements AutoCloseable {
  /** The server that the simulated platforms run on: it logs what it was asked, as it may. */
  private static final String PLATFORM_SIDE = "com.sun.net.httpserver";

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Map<Logger, Level> levels = new HashMap<>();
  private final AppenderBase<ILoggingEvent> appender = new Appender();
  private final java.util.logging.Logger jdkRoot = java.util.logging.Logger.getLogger("");
  private final java.util.logging.Level jdkLevel = jdkRoot.getLevel();
  private final Handler handler = new JdkHandler();

  private EveryLog() {}

  static EveryLog begin() {
    EveryLog log = new EveryLog();
    for (Logger logger : log.context.getLoggerList()) {
      if (logger.getLevel() != null) {
        log.levels.put(logger, logger.getLevel());
        logger.setLevel(Level.TRACE);
      }
    }
    log.appender.setContext(log.context);
    log.appender.start();
    log.root.addAppender(log.appender);
    LogManager.getLogManager().reset();
    log.handler.setLevel(java.util.logging.Level.ALL);
    log.jdkRoot.setLevel(java.util.logging.Level.ALL);
    log.jdkRoot.addHandler(log.handler);
    return log;
  }

  String text() {
    return String.join("\n", lines);
  }

  private final class Appender extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      lines.add(event.getLoggerName() + " " + event.getFormattedMessage());
      if (event.getThrowableProxy() != null) {
        lines.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
    }
  }

  private final class JdkHandler extends Handler {
    @Override
    public void publish(LogRecord record) {
      if (String.valueOf(record.getLoggerName()).startsWith(PLATFORM_SIDE)) {
        return;
      }
      Object[] parameters = record.getParameters();
      lines.add(
          record.getLoggerName()
              + " "
              + (parameters == null
                  ? record.getMessage()
                  : MessageFormat.format(record.getMessage(), parameters)));
      if (record.getThrown() != null) {
        lines.add(ExceptionUtils.getStackTrace(record.getThrown()));
      }
    }

    @Override
    public void flush() {
      // Lines are kept at once.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  @Override
  public void close() {
    root.detachAppender(appender);
    levels.forEach(Logger::setLevel);
    appender.stop();
    jdkRoot.removeHandler(handler);
    jdkRoot.setLevel(jdkLevel);
  }
}

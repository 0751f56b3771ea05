package vn.phusa.runners.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** All that is logged meanwhile, as much as --verbose shows. */
public final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Logger root = logger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger ours = logger("vn.phusa");
  private final Level rootLevel = root.getLevel();
  private final Level ourLevel = ours.getLevel();

  private CapturedLog() {}

  public static CapturedLog begin() {
    CapturedLog log = new CapturedLog();
    log.setContext(log.root.getLoggerContext());
    log.start();
    log.root.setLevel(Level.WARN);
    log.ours.setLevel(Level.DEBUG);
    log.root.addAppender(log);
    return log;
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(event.getFormattedMessage());
    if (event.getThrowableProxy() != null) {
      lines.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
  }

  public String text() {
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    root.detachAppender(this);
    root.setLevel(rootLevel);
    ours.setLevel(ourLevel);
    stop();
  }
}

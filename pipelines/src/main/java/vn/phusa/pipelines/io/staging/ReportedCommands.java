package vn.phusa.pipelines.io.staging;

import com.mongodb.event.CommandFailedEvent;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.event.CommandSucceededEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vn.phusa.pipelines.io.waiting.Waiting;

/** Reports a command that is not answered for a while; its limit is the socket's. */
final class ReportedCommands implements CommandListener {
  private final String service;
  private final Map<Integer, Waiting> asked = new ConcurrentHashMap<>();

  /**
   * @param service what the database is to a person
   */
  ReportedCommands(String service) {
    this.service = service;
  }

  @Override
  public void commandStarted(CommandStartedEvent event) {
    asked.put(event.getRequestId(), Waiting.reportedAs("the " + service));
  }

  @Override
  public void commandSucceeded(CommandSucceededEvent event) {
    answered(event.getRequestId());
  }

  @Override
  public void commandFailed(CommandFailedEvent event) {
    answered(event.getRequestId());
  }

  private void answered(int request) {
    Waiting waiting = asked.remove(request);
    if (waiting != null) {
      waiting.close();
    }
  }
}

package vn.phusa.runners.jobs.runner;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;
import vn.phusa.runners.jobs.flink.ProcessFlink;

/** Finds out before anything is started whether there is a Flink where --flinkMaster says. */
final class FlinkMaster {
  private static final Set<String> BY_ITSELF = Set.of("[local]", "[auto]", "[collection]");
  private static final Pattern ADDRESS = Pattern.compile("([^:/\\s\\[\\]]+):(\\d{1,5})");
  private static final int MILLIS = 5_000;

  private FlinkMaster() {}

  /**
   * Polls.
   *
   * @throws InvalidOptionException if it, or --flinkConfDir, is not right
   * @throws ServiceUnavailableException if nothing listens there
   */
  static void check(FlinkPipelineOptions flink) {
    ProcessFlink.given(flink.getFlinkConfDir());
    String master = flink.getFlinkMaster();
    if (BY_ITSELF.contains(master)) {
      return;
    }
    Matcher address = ADDRESS.matcher(master);
    if (!address.matches() || Integer.parseInt(address.group(2)) > 65_535) {
      throw new InvalidOptionException("flinkMaster", "[local], [auto] or host:port expected");
    }
    InetSocketAddress place =
        new InetSocketAddress(address.group(1), Integer.parseInt(address.group(2)));
    if (place.isUnresolved()) {
      throw unusable("the host is unknown", null);
    }
    try (Socket socket = new Socket()) {
      socket.connect(place, MILLIS);
    } catch (IOException e) {
      throw unusable("cannot be reached", e);
    }
  }

  private static ServiceUnavailableException unusable(String why, Exception cause) {
    return new ServiceUnavailableException("Flink (--flinkMaster): " + why, true, cause);
  }
}

package vn.phusa.pipelines;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import vn.phusa.pipelines.deadletter.ResendDeadLetters;
import vn.phusa.pipelines.flow.FlowContext;
import vn.phusa.pipelines.flow.Route;

/**
 * Dead letters through the same flows again, each the way that its record came, by {@link
 * ResendDeadLetters}.
 */
public final class ReplayDeadLetters {
  public static final String COMMAND = "replay";

  private ReplayDeadLetters() {}

  /**
   * Puts the pipeline together.
   *
   * @param deadLetters the ids of the dead letters, by their route
   */
  public static void build(
      Pipeline pipeline, FlowContext to, Map<Route, List<String>> deadLetters) {
    deadLetters.forEach((route, ids) -> resend(pipeline, to, route, ids));
  }

  private static void resend(Pipeline pipeline, FlowContext to, Route route, List<String> ids) {
    pipeline
        .apply("Select dead letters of " + route, Create.of(ids).withCoder(StringUtf8Coder.of()))
        .apply("Resend " + route, ResendDeadLetters.of(to, route, COMMAND));
  }
}

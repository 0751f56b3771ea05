package vn.phusa.runners.bench.byhand;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.triggers.TriggerResult;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

/**
 * Shows a window when it ends, and within a while after each sale that comes before or after that,
 * rather than at once after each late one.
 */
final class EarlyTrigger extends Trigger<Object, TimeWindow> {
  private static final long serialVersionUID = 1L;

  private static final ValueStateDescriptor<Long> DUE =
      new ValueStateDescriptor<>("due", Types.LONG);

  private final long delayMillis;

  EarlyTrigger(long delayMillis) {
    this.delayMillis = delayMillis;
  }

  @Override
  public TriggerResult onElement(
      Object sale, long timestamp, TimeWindow window, TriggerContext context) throws Exception {
    ValueState<Long> due = context.getPartitionedState(DUE);
    if (due.value() == null) {
      long time = context.getCurrentProcessingTime() + delayMillis;
      due.update(time);
      context.registerProcessingTimeTimer(time);
      if (window.maxTimestamp() > context.getCurrentWatermark()) {
        context.registerEventTimeTimer(window.maxTimestamp());
      }
    }
    return TriggerResult.CONTINUE;
  }

  @Override
  public TriggerResult onProcessingTime(long time, TimeWindow window, TriggerContext context) {
    context.getPartitionedState(DUE).clear();
    return TriggerResult.FIRE;
  }

  @Override
  public TriggerResult onEventTime(long time, TimeWindow window, TriggerContext context) {
    return time == window.maxTimestamp() ? TriggerResult.FIRE : TriggerResult.CONTINUE;
  }

  @Override
  public void clear(TimeWindow window, TriggerContext context) throws Exception {
    ValueState<Long> due = context.getPartitionedState(DUE);
    if (due.value() != null) {
      context.deleteProcessingTimeTimer(due.value());
      due.clear();
    }
    context.deleteEventTimeTimer(window.maxTimestamp());
  }
}

package vn.phusa.pipelines.io.warehouse;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.RealtimeSale;

/** Events of sales with few orders, times and values: ties, repeats, moves and late ones abound. */
public final class RandomEvents {
  /** A whole five minutes. */
  public static final long START = 1_700_000_100_000_000L;

  private static final long MINUTE = 60_000_000L;

  private final Random random;

  public RandomEvents(long seed) {
    this.random = new Random(seed);
  }

  public List<RealtimeSale> events(int orders, int most) {
    List<RealtimeSale> events = new ArrayList<>();
    for (int order = 0; order < orders; order++) {
      int n = 1 + random.nextInt(most);
      for (int i = 0; i < n; i++) {
        events.add(event("O" + order, events.size()));
      }
    }
    return events;
  }

  private RealtimeSale event(String order, int offset) {
    boolean north = random.nextBoolean();
    String platform = random.nextBoolean() ? "Tiki" : "Unknown";
    BigDecimal vnd = random.nextInt(4) == 0 ? null : BigDecimal.valueOf(random.nextInt(4) + 1);
    return sale(order, START + random.nextInt(3) * 4L * MINUTE, random.nextInt(4))
        .setPosition("sales_events/0/" + offset)
        .setPlatform(platform)
        .setPlatformSaid(platform)
        .setCity(north ? "Hanoi" : "Can Tho")
        .setCitySaid(north ? "HN" : "Can Tho")
        .setRegion(north ? "North" : "South")
        .setTotalAmountUsd(vnd)
        .setTotalAmountVnd(vnd)
        .setTooLate(random.nextInt(3) == 0)
        .build();
  }

  public static RealtimeSale.Builder sale(String order, long orderMicros, int recordedSecond) {
    return RealtimeSale.builder()
        .setSource("sales_events")
        .setPosition("sales_events/0/" + order)
        .setStamp(
            ChangeStamp.create(
                orderMicros, START + 60 * MINUTE + recordedSecond * 1_000_000L, null, 0, null))
        .setOrderId(order)
        .setOrderMicros(orderMicros)
        .setPlatform("Tiki")
        .setRegion("North")
        .setTooLate(false);
  }

  /** All events, a quarter of them twice, in random order and random batches. */
  public List<List<RealtimeSale>> shuffledBatches(List<RealtimeSale> events) {
    List<RealtimeSale> all = new ArrayList<>(events);
    for (int i = 0; i < events.size() / 4; i++) {
      all.add(events.get(random.nextInt(events.size())));
    }
    Collections.shuffle(all, random);
    List<List<RealtimeSale>> batches = new ArrayList<>();
    for (int from = 0; from < all.size(); ) {
      int to = Math.min(all.size(), from + 1 + random.nextInt(6));
      batches.add(List.copyOf(all.subList(from, to)));
      from = to;
    }
    return batches;
  }
}

package vn.phusa.runners.simulator.state;

import java.util.ArrayList;
import java.util.List;
import vn.phusa.runners.samples.People;
import vn.phusa.runners.samples.SampleRandom;
import vn.phusa.runners.simulator.settings.CatalogueSettings;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;

/** The orders of a platform, each a function of its number and the time. */
final class OrderHistory {
  private static final long HOUR = 3_600;

  private static final List<OrderState.Place> PLACES =
      List.of(
          new OrderState.Place("VN039", "Hồ Chí Minh", "Quận 1", "Phường Bến Nghé"),
          new OrderState.Place("VN039", "TP. Hồ Chí Minh", "Thành phố Thủ Đức", "Phường Thảo Điền"),
          new OrderState.Place("VN034", "Hà Nội", "Quận Ba Đình", "Phường Điện Biên"),
          new OrderState.Place("VN034", "HN", "Quận Cầu Giấy", "Phường Dịch Vọng"),
          new OrderState.Place("VN015", "Đà Nẵng", "Quận Hải Châu", "Phường Thạch Thang"),
          new OrderState.Place("VN063", "Tây Ninh", "Huyện Gò Dầu", "Thị trấn Gò Dầu"),
          new OrderState.Place("VN020", "Đồng Nai", "Thành phố Biên Hòa", "Phường Tân Phong"),
          new OrderState.Place("VN032", "Cần Thơ", "Quận Ninh Kiều", "Phường Cái Khế"));

  private final long seed;
  private final CatalogueSettings settings;
  private final long start;
  private final ProductHistory products;
  private final Touches touches;

  OrderHistory(
      CatalogueSettings settings,
      SimulatedPlatform platform,
      ProductHistory products,
      Touches touches) {
    this.seed = settings.seed() * 37 + platform.ordinal();
    this.settings = settings;
    this.start = settings.start().getEpochSecond();
    this.products = products;
    this.touches = touches;
  }

  /** How many orders there are at a time. */
  int count(long now) {
    long interval = Math.max(1, settings.orderInterval().toSeconds());
    return (int) Math.min(Integer.MAX_VALUE / 2, settings.orders() + (now - start) / interval);
  }

  /** When the order was placed; never before that of a smaller number. */
  long created(int number) {
    int before = settings.orders();
    if (number >= before) {
      return start + (number - before + 1) * Math.max(1, settings.orderInterval().toSeconds());
    }
    long history = settings.history().toSeconds();
    return start - history + (long) ((number + 0.5) * history / before);
  }

  /** When the order last changed, as seen at a time. */
  long updated(int number, long now) {
    return Math.max(course(number, now).updated(), touches.of(number).at());
  }

  OrderStage stage(int number, long now) {
    return course(number, now).stage();
  }

  OrderState at(int number, long now) {
    SampleRandom random = SampleRandom.of(seed, "order", number);
    Course course = course(number, now);
    boolean masked = random.chance(0.3);
    String name = People.fullName(random, random.chance(0.5));
    return new OrderState(
        number,
        touches.of(number).count(),
        course.stage(),
        created(number),
        updated(number, now),
        1 + random.below(Math.max(1, settings.orders() / 2)),
        masked ? name.charAt(0) + "****" + name.charAt(name.length() - 1) : name,
        random.chance(0.5) ? "84*****" + random.between(10, 99) : "",
        random.pick(PLACES),
        random.pick(List.of("COD", "COD", "WALLET", "CARD", "TRANSFER")),
        lines(random),
        random.pick(List.of(0L, 15_000L, 30_000L)),
        random.chance(0.2) ? 1_000 * random.between(1, 5) : 0);
  }

  private record Course(OrderStage stage, long updated) {}

  private Course course(int number, long now) {
    SampleRandom random = SampleRandom.of(seed, "course", number);
    double fate = random.unit();
    long at = created(number);
    Course course = new Course(OrderStage.NEW, at);
    for (OrderStage next : way(fate)) {
      at += random.between(HOUR, 40 * HOUR);
      if (at > now) {
        return course;
      }
      course = new Course(next, at);
    }
    return course;
  }

  private static List<OrderStage> way(double fate) {
    if (fate < 0.08) {
      return List.of(OrderStage.CANCELLED);
    }
    if (fate < 0.12) {
      return List.of(
          OrderStage.CONFIRMED, OrderStage.SHIPPED, OrderStage.DELIVERED, OrderStage.RETURNED);
    }
    return List.of(
        OrderStage.CONFIRMED, OrderStage.SHIPPED, OrderStage.DELIVERED, OrderStage.COMPLETED);
  }

  private List<OrderState.Line> lines(SampleRandom random) {
    int count = 1 + random.below(3);
    List<OrderState.Line> lines = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ProductState product = products.original(random.below(products.count()));
      int model = product.models() == 0 ? 0 : 1 + random.below(product.models());
      lines.add(
          new OrderState.Line(
              product.number(),
              model,
              product.name(),
              product.sku() + (model == 0 ? "" : "-" + model),
              product.currentPrice(),
              1 + random.below(3)));
    }
    return lines;
  }
}

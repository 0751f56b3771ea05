package vn.phusa.runners.embedded.marketplace;

import java.time.Duration;
import java.util.OptionalInt;
import vn.phusa.runners.embedded.sample.SampleRandom;

/** The products and orders of one platform as they are now. */
final class PlatformState {
  private final CatalogueSettings settings;
  private final Marketplace platform;
  private final SimulatedClock clock;
  private final Touches productTouches = new Touches();
  private final Touches orderTouches = new Touches();
  private final ProductHistory products;
  private final OrderHistory orders;
  private final ThreadLocal<Runnable> later = new ThreadLocal<>();

  PlatformState(CatalogueSettings settings, Marketplace platform, SimulatedClock clock) {
    this.settings = settings;
    this.platform = platform;
    this.clock = clock;
    this.products = new ProductHistory(settings, platform, productTouches);
    this.orders = new OrderHistory(settings, platform, products, orderTouches);
  }

  long now() {
    return clock.seconds();
  }

  ProductState product(int number) {
    return products.at(number, now());
  }

  /** The product of a list's row: the complement of a number stands for an older row of it. */
  ProductState productRow(int row) {
    return row < 0 ? product(~row).older() : product(row);
  }

  OrderState order(int number) {
    return orders.at(number, now());
  }

  boolean active(int product) {
    return products.active(product);
  }

  OrderStage stage(int order) {
    return orders.stage(order, now());
  }

  long orderCreated(int order) {
    return orders.created(order);
  }

  int count(Kind kind) {
    return count(kind, now());
  }

  int count(Kind kind, long now) {
    return kind == Kind.PRODUCT ? products.count() : orders.count(now);
  }

  long created(Kind kind, int number) {
    return kind == Kind.PRODUCT ? products.created(number) : orders.created(number);
  }

  long updated(Kind kind, int number, long now) {
    return kind == Kind.PRODUCT ? products.updated(number, now) : orders.updated(number, now);
  }

  long version(Kind kind) {
    return touches(kind).version();
  }

  /** Whether lists give the product a second time. */
  boolean repeated(int product) {
    return settings.repeatedIds() > 0
        && SampleRandom.of(settings.seed(), "repeated " + platform.id(), product)
            .chance(settings.repeatedIds());
  }

  /** Changes a record a second later than now, so that no two of its states have one time. */
  void touch(Kind kind, int number) {
    clock.advance(Duration.ofSeconds(1));
    touches(kind).add(number, now());
  }

  /** Changes a record once the answer that this thread is writing is complete. */
  void touchLater(Kind kind, int number) {
    later.set(() -> touch(kind, number));
  }

  /** Makes the change that was put off. */
  void answered() {
    Runnable change = later.get();
    later.remove();
    if (change != null) {
      change.run();
    }
  }

  /** The number, where there is such a record. */
  OptionalInt existing(Kind kind, long number) {
    return number >= 0 && number < count(kind) ? OptionalInt.of((int) number) : OptionalInt.empty();
  }

  private Touches touches(Kind kind) {
    return kind == Kind.PRODUCT ? productTouches : orderTouches;
  }
}

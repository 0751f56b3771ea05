package vn.phusa.runners.simulator.state;

import java.time.Duration;
import java.util.OptionalInt;
import vn.phusa.runners.samples.SampleRandom;
import vn.phusa.runners.simulator.settings.CatalogueSettings;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;

/** The products and orders of one platform as they are now. */
public final class PlatformState {
  private final CatalogueSettings settings;
  private final SimulatedPlatform platform;
  private final SimulatedClock clock;
  private final Touches productTouches = new Touches();
  private final Touches orderTouches = new Touches();
  private final ProductHistory products;
  private final OrderHistory orders;
  private final ThreadLocal<Runnable> later = new ThreadLocal<>();

  public PlatformState(
      CatalogueSettings settings, SimulatedPlatform platform, SimulatedClock clock) {
    this.settings = settings;
    this.platform = platform;
    this.clock = clock;
    this.products = new ProductHistory(settings, platform, productTouches);
    this.orders = new OrderHistory(settings, platform, products, orderTouches);
  }

  public long now() {
    return clock.seconds();
  }

  public ProductState product(int number) {
    return products.at(number, now());
  }

  /** The product of a list's row: the complement of a number stands for an older row of it. */
  public ProductState productRow(int row) {
    return row < 0 ? product(~row).older() : product(row);
  }

  public OrderState order(int number) {
    return orders.at(number, now());
  }

  public boolean active(int product) {
    return products.active(product);
  }

  public OrderStage stage(int order) {
    return orders.stage(order, now());
  }

  public long orderCreated(int order) {
    return orders.created(order);
  }

  public int count(Kind kind) {
    return count(kind, now());
  }

  public int count(Kind kind, long now) {
    return kind == Kind.PRODUCT ? products.count() : orders.count(now);
  }

  public long created(Kind kind, int number) {
    return kind == Kind.PRODUCT ? products.created(number) : orders.created(number);
  }

  public long updated(Kind kind, int number, long now) {
    return kind == Kind.PRODUCT ? products.updated(number, now) : orders.updated(number, now);
  }

  public long version(Kind kind) {
    return touches(kind).version();
  }

  /** Whether lists give the product a second time. */
  public boolean repeated(int product) {
    return settings.repeatedIds() > 0
        && SampleRandom.of(settings.seed(), "repeated " + platform.id(), product)
            .chance(settings.repeatedIds());
  }

  /** Changes a record a second later than now, so that no two of its states have one time. */
  public void touch(Kind kind, int number) {
    clock.advance(Duration.ofSeconds(1));
    touches(kind).add(number, now());
  }

  /** Changes a record once the answer that this thread is writing is complete. */
  public void touchLater(Kind kind, int number) {
    later.set(() -> touch(kind, number));
  }

  /** Makes the change that was put off. */
  public void answered() {
    Runnable change = later.get();
    later.remove();
    if (change != null) {
      change.run();
    }
  }

  /** The number, where there is such a record. */
  public OptionalInt existing(Kind kind, long number) {
    return number >= 0 && number < count(kind) ? OptionalInt.of((int) number) : OptionalInt.empty();
  }

  private Touches touches(Kind kind) {
    return kind == Kind.PRODUCT ? productTouches : orderTouches;
  }
}

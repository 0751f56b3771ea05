package vn.phusa.runners.simulator.state;

import java.text.Normalizer;
import vn.phusa.runners.samples.Catalogue;
import vn.phusa.runners.samples.SampleRandom;
import vn.phusa.runners.samples.Typing;
import vn.phusa.runners.simulator.settings.CatalogueSettings;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;

/** The products of a platform, each a function of its number and the time. */
public final class ProductHistory {
  private static final long YEAR = 365L * 86_400;
  private static final long DONG_PER_CENT = 240;
  private static final long PRICE_STEP = 1_000;

  private final long seed;
  private final long start;
  private final Touches touches;
  private final long[] created;
  private final long[] firstUpdate;
  private final long[] period;
  private final long[] phase;

  public ProductHistory(CatalogueSettings settings, SimulatedPlatform platform, Touches touches) {
    this.seed = settings.seed() * 31 + platform.ordinal();
    this.start = settings.start().getEpochSecond();
    this.touches = touches;
    int count = settings.products();
    created = new long[count];
    firstUpdate = new long[count];
    period = new long[count];
    phase = new long[count];
    long mean = Math.max(2, settings.productChanges().toSeconds());
    for (int i = 0; i < count; i++) {
      SampleRandom random = SampleRandom.of(seed, "product times", i);
      created[i] = start - random.between(86_400, YEAR);
      firstUpdate[i] = random.between(created[i], start - 1);
      period[i] = random.chance(0.2) ? Long.MAX_VALUE : random.between(mean / 2, mean * 3 / 2);
      phase[i] = period[i] == Long.MAX_VALUE ? Long.MAX_VALUE : random.between(1, period[i]);
    }
  }

  public int count() {
    return created.length;
  }

  long created(int number) {
    return created[number];
  }

  /** When the product last changed, as seen at a time. */
  long updated(int number, long now) {
    int changes = changes(number, now);
    long natural =
        changes == 0 ? firstUpdate[number] : start + phase[number] + (changes - 1) * period[number];
    return Math.max(natural, touches.of(number).at());
  }

  boolean active(int number) {
    return !SampleRandom.of(seed, "inactive", number).chance(0.05);
  }

  public ProductState at(int number, long now) {
    int revision = changes(number, now) + touches.of(number).count();
    return at(number, revision, updated(number, now));
  }

  /** The product as it was before its first change; what orders copied from it stays. */
  ProductState original(int number) {
    return at(number, 0, firstUpdate[number]);
  }

  private ProductState at(int number, int revision, long updated) {
    SampleRandom fixed = SampleRandom.of(seed, "product", number);
    Catalogue.Item item = Catalogue.item(fixed, number);
    SampleRandom naming = SampleRandom.of(seed, "name " + revision / 7, number);
    SampleRandom pricing = SampleRandom.of(seed, "price " + revision / 2, number);
    SampleRandom stocking = SampleRandom.of(seed, "stock " + revision, number);
    long price =
        Math.max(
            PRICE_STEP,
            Math.round(item.priceCents() * DONG_PER_CENT * (0.8 + pricing.unit() * 0.4))
                / PRICE_STEP
                * PRICE_STEP);
    int reviews = fixed.chance(0.2) ? 0 : fixed.below(3_000);
    return new ProductState(
        number,
        revision,
        name(naming, item.name(), revision),
        item.category(),
        Categories.id(item.category()),
        fixed.chance(0.04) ? null : item.brand(),
        price,
        pricing.chance(0.4) ? price * 9 / 10 / PRICE_STEP * PRICE_STEP : 0,
        stocking.below(500),
        active(number),
        created[number],
        updated,
        reviews == 0 ? 0 : (int) fixed.between(250, 500),
        reviews,
        fixed.chance(0.25) ? 1 + fixed.below(4) : 0);
  }

  private int changes(int number, long now) {
    if (phase[number] == Long.MAX_VALUE || now < start + phase[number]) {
      return 0;
    }
    return (int) (1 + (now - start - phase[number]) / period[number]);
  }

  private static String name(SampleRandom random, String name, int revision) {
    String versioned = revision / 7 == 0 ? name : name + " (mới " + revision / 7 + ")";
    if (random.chance(0.02)) {
      return halfDecomposed(versioned);
    }
    return random.chance(0.25) ? Typing.of(random, versioned) : versioned;
  }

  /** Two texts from different keyboards put together: neither NFC nor NFD. */
  private static String halfDecomposed(String name) {
    int half = name.indexOf(' ', name.length() / 3);
    return half < 0
        ? name
        : name.substring(0, half) + Normalizer.normalize(name.substring(half), Normalizer.Form.NFD);
  }
}

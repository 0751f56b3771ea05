package vn.phusa.pipelines.io.warehouse;

import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import vn.phusa.transforms.enrichment.SaleEnricher;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.scd.Change;
import vn.phusa.transforms.scd.DimensionChange;
import vn.phusa.transforms.scd.DimensionSpec;

/**
 * Changes of products and states of sales with few keys, times and values: ties, repeats, late
 * changes, resurrections, twins, several changes in a commit, and changes that leave columns out
 * come up all the time.
 */
public final class RandomShop {
  /** A second; all times are a few of them after this one. */
  private static final long START = 1_700_000_000_000_000L;

  private static final int REVIEWS = DimensionSpec.PRODUCT.indexOf("review_count");

  /** Texts that a captured sale may leave out. */
  private static final List<List<String>> LEFT_OUT =
      List.of(
          List.of(),
          List.of("status"),
          List.of("platform", "product_id"),
          List.of("payment_method", "city", "status"));

  /** Of Tiki's orders another source is the authority. */
  public static final Rules RULES = rules();

  private final SaleEnricher enricher = new SaleEnricher(RULES);
  private final Random random;

  public RandomShop(long seed) {
    this.random = new Random(seed);
  }

  public List<DimensionChange> productChanges(int keys, int most) {
    List<DimensionChange> changes = new ArrayList<>();
    for (int key = 0; key < keys; key++) {
      int n = random.nextInt(most + 1);
      for (int i = 0; i < n; i++) {
        for (Change change : changesOfOneEvent()) {
          changes.add(DimensionChange.create("P" + key, change, "test", "c" + i));
        }
      }
    }
    return changes;
  }

  private List<Change> changesOfOneEvent() {
    List<String> values =
        Arrays.asList(
            pick("A", "B"),
            "cat",
            "loai",
            pick("x", null),
            "Tiki",
            "1.0000",
            "24000",
            Integer.toString(random.nextInt(9)),
            pick("0.00", "4.50", null),
            pick("0", "8", null));
    long t = time();
    return switch (random.nextInt(9)) {
      case 0 -> List.of(Change.delete(captured(t, t), DimensionSpec.PRODUCT));
      case 1 -> List.of(Change.upsert(captured(t, time()), values));
      case 2 ->
          List.of(
              Change.upsert(ChangeStamp.polled(t), values),
              Change.upsert(captured(t, time()), values));
      case 3 -> List.of(movement(t));
      case 4 -> List.of(without(captured(t, time()), values, 0));
      case 5 -> List.of(without(captured(t, time()), values, REVIEWS));
      case 6 -> List.of(Change.delete(observed(t, "deleted"), DimensionSpec.PRODUCT));
      case 7 -> List.of(Change.upsert(ChangeStamp.polled(t), values));
      default -> List.of(Change.upsert(observed(t, values), values));
    };
  }

  /** An update that leaves out what did not change. */
  private static Change without(ChangeStamp stamp, List<String> values, int attribute) {
    String[] carried = values.toArray(new String[0]);
    carried[attribute] = null;
    return Change.create(stamp, Operation.UPSERT, Arrays.asList(carried), 1L << attribute);
  }

  /** Each state was observed once: one that is seen again is not remembered. */
  private static ChangeStamp observed(long t, Object content) {
    return ChangeStamp.observed(t, START + Math.floorMod(content.hashCode(), 7));
  }

  private Change movement(long t) {
    String[] values = new String[DimensionSpec.PRODUCT.attributes().size()];
    int stock = DimensionSpec.PRODUCT.indexOf("stock");
    values[stock] = Integer.toString(random.nextInt(9));
    long all = (1L << values.length) - 1;
    return Change.create(
        ChangeStamp.polled(t), Operation.UPSERT, Arrays.asList(values), all & ~(1L << stock));
  }

  public List<EnrichedSale> sales(int keys, int perKey, int states) {
    List<EnrichedSale> sales = new ArrayList<>();
    for (int key = 0; key < keys; key++) {
      for (int i = 0; i < perKey; i++) {
        long ordered = time();
        int n = 1 + random.nextInt(states);
        for (int state = 0; state < n; state++) {
          sales.add(sale("O" + key + "/" + i, "P" + key, ordered));
        }
      }
    }
    return sales;
  }

  private EnrichedSale sale(String orderId, String productId, long orderMicros) {
    long t = time();
    boolean delete = random.nextInt(8) == 0;
    String status = pick("new", "paid");
    String method = pick("cod", "momo");
    String platform = pick("Tiki", "Shopee");
    int quantity = random.nextInt(3);
    boolean captured = delete || random.nextBoolean();
    List<String> absent =
        captured && !delete ? LEFT_OUT.get(random.nextInt(LEFT_OUT.size())) : List.of();
    ChangeStamp stamp =
        captured
            ? captured(t, delete ? t : time())
            : observed(t, List.of(status, method, platform, quantity));
    return enriched(
        Sale.builder()
            .setSource("test")
            .setPosition("s")
            .setStamp(stamp)
            .setOperation(delete ? Operation.DELETE : Operation.UPSERT)
            .setOrderId(orderId)
            .setProductId(absent.contains("product_id") ? null : productId)
            .setCustomerId(null)
            .setPlatform(absent.contains("platform") ? null : platform)
            .setPlatformSaid(absent.contains("platform") ? null : platform)
            .setCity(absent.contains("city") ? null : "Hanoi")
            .setCitySaid(absent.contains("city") ? null : "hà nội")
            .setStatus(absent.contains("status") ? null : status)
            .setPaymentMethod(absent.contains("payment_method") ? null : method)
            .setQuantity(quantity)
            .setTotalAmountUsd(new BigDecimal("12.5000"))
            .setOrderMicros(orderMicros)
            .setAbsent(absent)
            .build());
  }

  private EnrichedSale enriched(Sale sale) {
    try {
      return enricher.enrich(sale);
    } catch (RejectedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Rules rules() {
    return Rules.load(
        new StringReader("orderAuthorities: {platforms: {Tiki: tiki}, fallback: test}"));
  }

  private ChangeStamp captured(long t, long o) {
    return ChangeStamp.captured(t, o, 100 + random.nextInt(6), random.nextInt(3));
  }

  private long time() {
    return START + 1_000_000L * random.nextInt(6);
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}

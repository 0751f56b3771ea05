package vn.phusa.pipelines.io.warehouse;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.scd.Change;
import vn.phusa.transforms.scd.DimensionChange;
import vn.phusa.transforms.scd.DimensionSpec;

/**
 * Changes of products and states of sales with few keys, times and values: ties, repeats, late
 * changes, resurrections and twins come up all the time.
 */
public final class RandomShop {
  /** A second; all times are a few of them after this one. */
  private static final long START = 1_700_000_000_000_000L;

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
            null,
            null);
    long t = time();
    return switch (random.nextInt(6)) {
      case 0 -> List.of(Change.delete(captured(t, t), DimensionSpec.PRODUCT));
      case 1 -> List.of(Change.upsert(captured(t, time()), values));
      case 2 ->
          List.of(
              Change.upsert(ChangeStamp.polled(t), values),
              Change.upsert(captured(t, time()), values));
      case 3 -> List.of(movement(t));
      default -> List.of(Change.upsert(ChangeStamp.polled(t), values));
    };
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
    Sale sale =
        Sale.builder()
            .setSource("test")
            .setPosition("s")
            .setStamp(delete ? captured(t, t) : ChangeStamp.polled(t))
            .setOperation(delete ? Operation.DELETE : Operation.UPSERT)
            .setOrderId(orderId)
            .setProductId(productId)
            .setCustomerId(null)
            .setStatus(pick("new", "paid"))
            .setPaymentMethod(pick("cod", "momo"))
            .setQuantity(random.nextInt(3))
            .setTotalAmountUsd(new BigDecimal("12.5000"))
            .setOrderMicros(orderMicros)
            .build();
    return EnrichedSale.builder()
        .setSale(sale)
        .setPaymentMethodLocal(sale.getPaymentMethod())
        .setTimeKey(20231114)
        .build();
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

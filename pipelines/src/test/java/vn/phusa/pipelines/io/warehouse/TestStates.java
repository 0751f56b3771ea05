package vn.phusa.pipelines.io.warehouse;

import java.math.BigDecimal;
import java.util.Arrays;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.scd.Change;
import vn.phusa.transforms.scd.DimensionChange;
import vn.phusa.transforms.scd.DimensionSpec;

/** Single states of products and sales; times are seconds after a fixed moment. */
public final class TestStates {
  private static final long START = 1_700_000_000_000_000L;

  private TestStates() {}

  public static DimensionChange product(String key, String name, int second) {
    return DimensionChange.create(
        key,
        Change.upsert(
            ChangeStamp.polled(at(second)),
            Arrays.asList(name, "cat", "loai", "x", "Tiki", "1.0000", "24000", "1", null, null)),
        "test",
        "c");
  }

  /** A delete: of a product that came in the same second nothing ever held. */
  public static DimensionChange goneProduct(String key, int second) {
    return DimensionChange.create(
        key,
        Change.delete(
            ChangeStamp.captured(at(second), at(second), 100 + second, 0), DimensionSpec.PRODUCT),
        "test",
        "c");
  }

  public static EnrichedSale sale(String id, String product, int second) {
    return enriched(state(id, second).setProductId(product).build());
  }

  public static Sale.Builder state(String id, int second) {
    return Sale.builder()
        .setSource("test")
        .setPosition("s")
        .setStamp(ChangeStamp.polled(at(second)))
        .setOperation(Operation.UPSERT)
        .setOrderId(id)
        .setStatus("new")
        .setQuantity(1)
        .setTotalAmountUsd(new BigDecimal("12.5000"))
        .setOrderMicros(at(3));
  }

  public static EnrichedSale deleted(String id, String source, int second) {
    return enriched(
        Sale.builder()
            .setSource(source)
            .setPosition("s")
            .setStamp(ChangeStamp.captured(at(second), at(second), 100 + second, 0))
            .setOperation(Operation.DELETE)
            .setOrderId(id)
            .build());
  }

  public static EnrichedSale enriched(Sale sale) {
    return EnrichedSale.builder()
        .setSale(sale)
        .setPaymentMethodLocal(sale.getPaymentMethod())
        .setTimeKey(20231114)
        .build();
  }

  private static long at(int second) {
    return START + 1_000_000L * second;
  }
}

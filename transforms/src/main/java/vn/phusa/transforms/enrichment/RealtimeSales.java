package vn.phusa.transforms.enrichment;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.errors.Stage;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.model.RealtimeSale;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.windows.SalesWindows;

/**
 * Makes rows of fact_sales_realtime from the sales of events, by the same cleansing and enrichment
 * as those of any other source. Every sale comes out once, under {@link #MAIN} or as a dead letter:
 * one without a time belongs to no window and is rejected.
 */
public final class RealtimeSales extends PTransform<PCollection<EnrichedSale>, PCollectionTuple> {

  public static final TupleTag<RealtimeSale> MAIN = new TupleTag<>("realtime-sales") {};
  public static final TupleTag<DeadLetter> DEAD_LETTERS = new TupleTag<>("dead-letters") {};

  private static final String UNKNOWN = "Unknown";
  private static final long serialVersionUID = 1L;

  private final SalesWindows windows;

  private RealtimeSales(SalesWindows windows) {
    this.windows = windows;
  }

  /**
   * @param windows says which sales come too late for theirs
   */
  public static RealtimeSales in(SalesWindows windows) {
    return new RealtimeSales(windows);
  }

  @Override
  public PCollectionTuple expand(PCollection<EnrichedSale> sales) {
    return sales.apply(
        "Convert rows",
        ParDo.of(new RealtimeSaleFn(windows)).withOutputTags(MAIN, TupleTagList.of(DEAD_LETTERS)));
  }

  /**
   * The row that an enriched sale is.
   *
   * @throws RejectedException {@link Reason#MISSING_TIME} where the time of the order is unknown
   */
  public static RealtimeSale rowOf(EnrichedSale enriched, SalesWindows windows)
      throws RejectedException {
    Sale sale = enriched.getSale();
    Long orderMicros = sale.getOrderMicros();
    if (orderMicros == null) {
      throw new RejectedException(Reason.MISSING_TIME, "the time of the order is null");
    }
    return rowOf(
        enriched, orderMicros, windows.isTooLate(orderMicros, sale.getStamp().getOrderedMicros()));
  }

  /** The row that an enriched sale of a known time is. */
  public static RealtimeSale rowOf(EnrichedSale enriched, long orderMicros, boolean tooLate) {
    Sale sale = enriched.getSale();
    return RealtimeSale.builder()
        .setSource(sale.getSource())
        .setPosition(sale.getPosition())
        .setStamp(sale.getStamp())
        .setOrderId(sale.getOrderId())
        .setCustomerId(sale.getCustomerId())
        .setProductId(sale.getProductId())
        .setQuantity(sale.getQuantity())
        .setUnitPriceUsd(sale.getUnitPriceUsd())
        .setTotalAmountUsd(sale.getTotalAmountUsd())
        .setPlatform(orUnknown(sale.getPlatform()))
        .setPlatformSaid(sale.getPlatformSaid())
        .setCitySaid(sale.getCitySaid())
        .setPaymentMethod(sale.getPaymentMethod())
        .setOrderMicros(orderMicros)
        .setCity(sale.getCity())
        .setRegion(orUnknown(enriched.getRegion()))
        .setTotalAmountVnd(enriched.getTotalAmountVnd())
        .setUnitPriceVnd(enriched.getUnitPriceVnd())
        .setPaymentMethodLocal(enriched.getPaymentMethodLocal())
        .setTetSeason(enriched.getTetSeason())
        .setShoppingFestival(enriched.getShoppingFestival())
        .setTooLate(tooLate)
        .build();
  }

  private static String orUnknown(@Nullable String name) {
    return name == null || name.isEmpty() ? UNKNOWN : name;
  }

  private static final class RealtimeSaleFn extends DoFn<EnrichedSale, RealtimeSale> {
    private static final long serialVersionUID = 1L;

    private final SalesWindows windows;

    RealtimeSaleFn(SalesWindows windows) {
      this.windows = windows;
    }

    @ProcessElement
    public void process(@Element EnrichedSale enriched, MultiOutputReceiver out) {
      try {
        out.get(MAIN).output(rowOf(enriched, windows));
      } catch (RejectedException e) {
        Sale sale = enriched.getSale();
        out.get(DEAD_LETTERS)
            .output(
                DeadLetter.of(
                    Stage.REALTIME_SALES,
                    sale.getSource(),
                    sale.getPosition(),
                    e,
                    SalePayload.of(sale)));
      }
    }
  }
}

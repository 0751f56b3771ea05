package vn.phusa.transforms.enrichment;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.errors.Stage;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.rules.Rules;

/**
 * Adds to sales what the Vietnamese business rules say of them. Every sale comes out once, under
 * {@link #MAIN} or as a dead letter.
 */
public final class EnrichSales extends PTransform<PCollection<Sale>, PCollectionTuple> {

  public static final TupleTag<EnrichedSale> MAIN = new TupleTag<>("sales") {};
  public static final TupleTag<DeadLetter> DEAD_LETTERS = new TupleTag<>("dead-letters") {};

  private static final long serialVersionUID = 1L;

  private final Rules rules;

  private EnrichSales(Rules rules) {
    this.rules = rules;
  }

  public static EnrichSales with(Rules rules) {
    return new EnrichSales(rules);
  }

  @Override
  public PCollectionTuple expand(PCollection<Sale> sales) {
    return sales.apply(
        "Enrich lines",
        ParDo.of(new EnrichSalesFn(rules)).withOutputTags(MAIN, TupleTagList.of(DEAD_LETTERS)));
  }

  static final class EnrichSalesFn extends DoFn<Sale, EnrichedSale> {

    private static final long serialVersionUID = 1L;

    private final Rules rules;
    private transient SaleEnricher enricher;

    EnrichSalesFn(Rules rules) {
      this.rules = rules;
    }

    @Setup
    public void setup() {
      enricher = new SaleEnricher(rules);
    }

    @ProcessElement
    public void process(@Element Sale sale, MultiOutputReceiver out) {
      try {
        out.get(MAIN).output(enricher.enrich(sale));
      } catch (RejectedException e) {
        out.get(DEAD_LETTERS)
            .output(
                DeadLetter.of(
                    Stage.ENRICH_SALES,
                    sale.getSource(),
                    sale.getPosition(),
                    e,
                    SalePayload.of(sale)));
      }
    }
  }
}

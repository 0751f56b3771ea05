package vn.phusa.transforms.enrichment;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.rules.OrderAuthorities;
import vn.phusa.transforms.rules.Rules;

/**
 * Keeps the order lines whose source is the authority for their platform, so that an order that two
 * sources tell of is not counted twice. Every line comes out once.
 */
public final class OrdersOfAuthority extends PTransform<PCollection<Sale>, PCollectionTuple> {

  public static final TupleTag<Sale> MAIN = new TupleTag<>("sales") {};

  /** One for each line that another source is the authority for. */
  public static final TupleTag<Integer> SKIPPED = new TupleTag<>("skipped") {};

  private static final long serialVersionUID = 1L;

  private final OrderAuthorities authorities;

  private OrdersOfAuthority(OrderAuthorities authorities) {
    this.authorities = authorities;
  }

  public static OrdersOfAuthority by(Rules rules) {
    return new OrdersOfAuthority(rules.orderAuthorities());
  }

  @Override
  public PCollectionTuple expand(PCollection<Sale> sales) {
    return sales.apply(
        "Check authority",
        ParDo.of(new AuthorityFn(authorities)).withOutputTags(MAIN, TupleTagList.of(SKIPPED)));
  }

  static final class AuthorityFn extends DoFn<Sale, Sale> {
    private static final long serialVersionUID = 1L;

    private final OrderAuthorities authorities;

    AuthorityFn(OrderAuthorities authorities) {
      this.authorities = authorities;
    }

    @ProcessElement
    public void process(@Element Sale sale, MultiOutputReceiver out) {
      if (authorities.of(sale.getPlatform()).equals(sale.getSource())) {
        out.get(MAIN).output(sale);
      } else {
        out.get(SKIPPED).output(1);
      }
    }
  }
}

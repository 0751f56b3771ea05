package vn.phusa.transforms.scd;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import vn.phusa.transforms.model.Product;

/**
 * What was said of products as changes of the dimension dim_product, whose versions {@link History}
 * makes.
 */
public final class ProductChanges
    extends PTransform<PCollection<Product>, PCollection<DimensionChange>> {
  private static final long serialVersionUID = 1L;

  private ProductChanges() {}

  public static ProductChanges of() {
    return new ProductChanges();
  }

  @Override
  public PCollection<DimensionChange> expand(PCollection<Product> products) {
    return products.apply("Convert products", ParDo.of(new ProductToChangeFn()));
  }

  /** The change that a state of a product is. */
  public static DimensionChange changeOf(Product p) {
    Change change =
        new ChangeBuilder(DimensionSpec.PRODUCT, p.getAbsent())
            .set("name", p.getName())
            .set("category", p.getCategory())
            .set("vietnam_category", null)
            .set("brand", p.getBrand())
            .set("platform", p.getPlatform())
            .set("price_usd", p.getPriceUsd())
            .set("price_vnd", p.getPriceVnd())
            .set("stock", p.getStock())
            .set("rating", p.getRating())
            .set("review_count", p.getReviewCount())
            .build(p.getStamp(), p.getOperation());
    return DimensionChange.create(p.getProductId(), change, p.getSource(), p.getPosition());
  }

  private static final class ProductToChangeFn extends DoFn<Product, DimensionChange> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Product product, OutputReceiver<DimensionChange> out) {
      out.output(changeOf(product));
    }
  }
}

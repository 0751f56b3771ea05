package vn.phusa.transforms.cleansing;

import java.math.BigDecimal;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.Product;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.rules.VietnameseCalendar;

/**
 * Makes products of records: numbers and times are read, texts stay as they came. Not safe for
 * several threads.
 */
final class ProductCleanser implements Cleanser<Product> {

  private final RecordReader in = new RecordReader();
  private final Column productId = in.column("product_id");
  private final Column name = in.attribute("name");
  private final Column category = in.attribute("category");
  private final Column brand = in.attribute("brand");
  private final Column platform = in.attribute("platform");
  private final Column priceUsd = in.column("price_usd");
  private final Column priceVnd = in.column("price_vnd");
  private final Column stock = in.attribute("stock");
  private final Column rating = in.attribute("rating");
  private final Column reviewCount = in.attribute("review_count");
  private final Column lastModified = in.column("last_modified");

  private final Prices prices;

  ProductCleanser(Rules rules) {
    this.prices = new Prices(rules);
    in.derived("vietnam_category", category);
    in.derived("price_usd", priceUsd, priceVnd);
    in.derived("price_vnd", priceUsd, priceVnd);
  }

  @Override
  public Product cleanse(SourceRecord record) throws RejectedException {
    in.open(record);
    String key = in.key(productId);
    ChangeStamp stamp = in.stamp(lastModified);
    Product.Builder product =
        Product.builder()
            .setSource(record.getSource())
            .setPosition(record.getPosition())
            .setOperation(record.getOperation())
            .setProductId(key)
            .setStamp(stamp);
    if (record.getOperation() == Operation.DELETE) {
      return product.setAbsent(in.allAttributes()).build();
    }
    in.checkCharacters();
    BigDecimal usd = in.usd(priceUsd);
    // Checks the range, too, of a price that is taken as it is.
    BigDecimal dong = in.vnd(priceVnd) == null ? null : exact(in.exactDecimal(priceVnd));
    // Rejected here and not where it is derived, since here the record is still as it came.
    prices.inBoth(usd, dong, VietnameseCalendar.epochDay(stamp.getModifiedMicros()));
    return product
        .setName(in.raw(name))
        .setCategory(in.raw(category))
        .setBrand(in.raw(brand))
        .setPlatform(in.raw(platform))
        .setPriceUsd(usd)
        .setPriceVnd(dong)
        .setStock(in.integer(stock))
        .setRating(in.decimal(rating, 1, 2))
        .setReviewCount(in.integer(reviewCount))
        .setAbsent(in.absent())
        .build();
  }

  /** One of a number's forms, however many zeros it came with. */
  private static BigDecimal exact(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}

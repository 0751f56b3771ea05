package vn.phusa.transforms.cleansing;

import java.math.BigDecimal;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.Product;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.money.Amounts;
import vn.phusa.transforms.rules.KnownNames;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.rules.VietnameseCalendar;

/** Cleanses products. Not safe for several threads. */
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

  private final Rules rules;
  private final KnownNames platforms;
  private final KnownNames categories;

  ProductCleanser(Rules rules) {
    this.rules = rules;
    this.platforms = KnownNames.of(rules.platforms());
    this.categories = KnownNames.of(rules.categories());
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
    String standardCategory = FreeText.visible(in.raw(category));
    setPrice(product, VietnameseCalendar.epochDay(stamp.getModifiedMicros()));
    return product
        .setName(FreeText.visible(in.raw(name)))
        .setCategory(standardCategory)
        .setVietnamCategory(categories.orSame(standardCategory))
        .setBrand(FreeText.visible(in.raw(brand)))
        .setPlatform(platforms.orSame(in.text(platform)))
        .setStock(in.integer(stock))
        .setRating(in.decimal(rating, 1, 2))
        .setReviewCount(in.integer(reviewCount))
        .setAbsent(in.absent())
        .build();
  }

  /** Of a price in one currency the other is computed; prices in both stay as they are. */
  private void setPrice(Product.Builder product, Integer day) throws RejectedException {
    BigDecimal exchangeRate = rules.exchangeRate().on(day);
    BigDecimal usd = in.usd(priceUsd);
    BigDecimal vnd = in.vnd(priceVnd);
    product
        .setPriceUsd(usd == null ? toUsd(exchangeRate) : usd)
        .setPriceVnd(
            vnd == null ? Amounts.vnd(Amounts.product(usd, exchangeRate), "price_vnd") : vnd);
  }

  private @Nullable BigDecimal toUsd(BigDecimal exchangeRate) throws RejectedException {
    // From the price as it came: a rounded one would be rounded twice.
    return Amounts.usdOfDong(in.exactDecimal(priceVnd), exchangeRate, "price_usd");
  }
}

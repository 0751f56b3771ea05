package vn.phusa.transforms.cleansing;

import java.math.BigDecimal;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.rules.KnownNames;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.rules.VietnameseCalendar;
import vn.phusa.transforms.scd.Derivation;
import vn.phusa.transforms.scd.DimensionSpec;

/**
 * What rules make of what was said of a product: cleansed texts, the standard platform, the
 * Vietnamese category, and a price in both currencies by the rate of the change's day.
 */
public final class ProductDerivation implements Derivation {
  private static final long serialVersionUID = 1L;
  private static final int NAME = at("name");
  private static final int CATEGORY = at("category");
  private static final int VIETNAM_CATEGORY = at("vietnam_category");
  private static final int BRAND = at("brand");
  private static final int PLATFORM = at("platform");
  private static final int PRICE_USD = at("price_usd");
  private static final int PRICE_VND = at("price_vnd");

  private final Rules rules;
  private final Prices prices;
  private transient @Nullable KnownNames platforms;
  private transient @Nullable KnownNames categories;

  public ProductDerivation(Rules rules) {
    this.rules = rules;
    this.prices = new Prices(rules);
  }

  private static int at(String column) {
    return DimensionSpec.PRODUCT.indexOf(column);
  }

  @Override
  public long derivedMask() {
    return 1L << VIETNAM_CATEGORY;
  }

  @Override
  public synchronized void derive(@Nullable String[] values, long[] saidAt) {
    if (platforms == null || categories == null) {
      platforms = KnownNames.of(rules.platforms());
      categories = KnownNames.of(rules.categories());
    }
    values[NAME] = FreeText.visible(values[NAME]);
    values[BRAND] = FreeText.visible(values[BRAND]);
    values[CATEGORY] = FreeText.visible(values[CATEGORY]);
    values[VIETNAM_CATEGORY] = categories.orSame(values[CATEGORY]);
    values[PLATFORM] = platforms.orSame(FreeText.nfc(values[PLATFORM]));
    if (values[PRICE_USD] != null || values[PRICE_VND] != null) {
      setPrice(values, Math.max(saidAt[PRICE_USD], saidAt[PRICE_VND]));
    }
  }

  /** A price that another rate makes too large for its column is none in that currency. */
  private void setPrice(@Nullable String[] values, long saidAt) {
    BigDecimal usd = number(values[PRICE_USD]);
    BigDecimal vnd = number(values[PRICE_VND]);
    try {
      Prices.Price price = prices.inBoth(usd, vnd, VietnameseCalendar.epochDay(saidAt));
      values[PRICE_USD] = text(price.usd());
      values[PRICE_VND] = text(price.vnd());
    } catch (RejectedException e) {
      return;
    }
  }

  private static @Nullable BigDecimal number(@Nullable String text) {
    return text == null ? null : new BigDecimal(text);
  }

  private static @Nullable String text(@Nullable BigDecimal number) {
    return number == null ? null : number.toPlainString();
  }
}

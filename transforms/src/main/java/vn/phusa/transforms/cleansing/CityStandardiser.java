package vn.phusa.transforms.cleansing;

import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.rules.Geography;

/** From a city as typed to its standard name. Not safe for several threads. */
public final class CityStandardiser {

  private final Geography geography;
  private final Memo memo = new Memo(this::compute);

  public CityStandardiser(Geography geography) {
    this.geography = geography;
  }

  /**
   * The standard name of a city that the geography knows by any of its spellings, otherwise the
   * text in title case; null for null and for a text without a visible character. A standardised
   * name standardises to itself.
   */
  public @Nullable String standardise(@Nullable String city) {
    return memo.of(city);
  }

  private @Nullable String compute(@Nullable String city) {
    // Looked up in title case, so that the result of an unknown name is looked up alike.
    String title = TitleCase.of(city);
    if (title == null) {
      return null;
    }
    String standard = geography.standardName(title);
    return standard != null ? standard : title;
  }
}

package vn.phusa.transforms.rules;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * What valid values look like.
 *
 * @param phone of a cleansed phone number
 * @param postalCode of a trimmed postal code
 */
public record Patterns(Pattern phone, Pattern postalCode) implements Serializable {

  public Patterns {
    RulesException.required(phone, "patterns.phone");
    RulesException.required(postalCode, "patterns.postalCode");
  }

  // A Pattern is equal to itself only, and rules that were read twice are equal.
  @Override
  public boolean equals(Object other) {
    return other instanceof Patterns that
        && phone.pattern().equals(that.phone.pattern())
        && postalCode.pattern().equals(that.postalCode.pattern());
  }

  @Override
  public int hashCode() {
    return 31 * phone.pattern().hashCode() + postalCode.pattern().hashCode();
  }
}

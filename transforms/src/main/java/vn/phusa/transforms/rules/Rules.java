package vn.phusa.transforms.rules;

import java.io.Reader;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * The business rules. Immutable, and serializable so that a DoFn can hold them.
 *
 * @param exchangeRate dong for one US dollar
 * @param vat the value added tax, as a share of the subtotal
 * @param platforms the standard names of the platforms
 * @param commissions what the platforms keep
 * @param orderAuthorities which source reports a platform's orders
 * @param orderStatuses what the sources' words for an order's status mean
 * @param paymentMethods payment method in lower case to its local name
 * @param incomeLevels income level in lower case to its standard name
 * @param customerSegments by monthly spending
 * @param seasons the sales seasons
 * @param categories category in lower case to its Vietnamese name
 * @param patterns of valid values
 * @param cities names, towns and regions
 */
public record Rules(
    DatedRates exchangeRate,
    Vat vat,
    List<String> platforms,
    Commissions commissions,
    OrderAuthorities orderAuthorities,
    OrderStatuses orderStatuses,
    Map<String, String> paymentMethods,
    Map<String, String> incomeLevels,
    CustomerSegments customerSegments,
    Seasons seasons,
    Map<String, String> categories,
    Patterns patterns,
    Cities cities)
    implements Serializable {

  public Rules {
    RulesException.required(exchangeRate, "exchangeRate");
    RulesException.check(
        exchangeRate.rates().stream().allMatch(r -> r.rate().signum() > 0),
        "rules: \"exchangeRate\" holds a rate of 0");
    RulesException.required(vat, "vat");
    platforms = List.copyOf(RulesException.required(platforms, "platforms"));
    RulesException.required(commissions, "commissions");
    RulesException.required(orderAuthorities, "orderAuthorities");
    RulesException.required(orderStatuses, "orderStatuses");
    paymentMethods = Map.copyOf(RulesException.required(paymentMethods, "paymentMethods"));
    incomeLevels = Map.copyOf(RulesException.required(incomeLevels, "incomeLevels"));
    RulesException.required(customerSegments, "customerSegments");
    RulesException.required(seasons, "seasons");
    categories = Map.copyOf(RulesException.required(categories, "categories"));
    RulesException.required(patterns, "patterns");
    RulesException.required(cities, "cities");
    for (String platform : commissions.platforms().keySet()) {
      RulesException.check(
          platforms.contains(platform),
          "rules: \"commissions.platforms." + platform + "\" is not one of \"platforms\"");
    }
  }

  /** The rules as they ship (rules.yaml beside this class). */
  public static Rules defaults() {
    return RulesReader.DEFAULTS;
  }

  /**
   * The default rules with a YAML document merged over them: a mapping key by key (a null removes
   * the key), lists and values replaced. The reader is not closed.
   *
   * @throws RulesException where the document is no YAML, has an unknown key or a value of the
   *     wrong kind; the message is one line and names the key
   */
  public static Rules load(Reader yaml) {
    return RulesReader.over(yaml);
  }

  /**
   * The rules that {@link #text} gave.
   *
   * @throws RulesException where the document is none of ours, as one of a later version may be
   */
  public static Rules ofText(String text) {
    return RulesReader.whole(text);
  }

  /** All rules as a YAML document, those built in too; equal rules give equal texts. */
  public String text() {
    return RulesWriter.write(this);
  }

  /**
   * What tells these rules from others: equal where the same input comes to the same values, so it
   * stands for the rules, the files of facts and the version of the cleansing code.
   */
  public String fingerprint() {
    return RulesWriter.fingerprint(this);
  }
}

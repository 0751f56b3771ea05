package vn.phusa.pipelines.io.warehouse.fact;

import java.io.Serializable;
import java.sql.SQLException;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.cleansing.SaleStandardiser;
import vn.phusa.transforms.enrichment.SaleEnricher;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.rules.Rules;

/** What the rules of now make of what a sale said. */
final class SaleDerivation implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String OUT_OF_RANGE = "22003";

  private final Rules rules;
  private transient @Nullable SaleStandardiser standardiser;
  private transient @Nullable SaleEnricher enricher;

  SaleDerivation(Rules rules) {
    this.rules = rules;
  }

  /**
   * The sale by these rules, whatever its values were made by.
   *
   * @throws SQLException with the state 22003 when something is out of its column's range
   */
  EnrichedSale of(Sale said) throws SQLException {
    if (standardiser == null || enricher == null) {
      standardiser = new SaleStandardiser(rules);
      enricher = new SaleEnricher(rules);
    }
    try {
      return enricher.enrich(standardiser.standardise(said));
    } catch (RejectedException e) {
      throw new SQLException(e.getMessage(), OUT_OF_RANGE, e);
    }
  }
}

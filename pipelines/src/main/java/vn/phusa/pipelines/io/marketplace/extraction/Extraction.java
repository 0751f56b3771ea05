package vn.phusa.pipelines.io.marketplace.extraction;

import java.sql.SQLException;
import vn.phusa.pipelines.io.marketplace.http.MarketplaceException;
import vn.phusa.pipelines.io.marketplace.limit.ExtractionPausedException;

/** Extracts one part of a marketplace or feed, from where it stands to the present. */
public interface Extraction {
  /**
   * Extracts it.
   *
   * @throws ExtractionPausedException if it has to stop for now, and the next one continues
   * @throws MarketplaceException if it cannot be extracted
   * @throws SQLException if the warehouse cannot be used
   * @throws com.mongodb.MongoException if staging cannot be used
   */
  void run() throws InterruptedException, SQLException;
}

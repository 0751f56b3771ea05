package vn.phusa.pipelines.io.marketplace;

import java.sql.SQLException;

/** Extracts one part of a marketplace or feed, from where it stands to the present. */
public interface PartExtraction {
  /**
   * Extracts it.
   *
   * @throws PausedException if it has to stop for now, and the next one goes on
   * @throws MarketplaceException if it cannot be extracted
   * @throws SQLException if the warehouse cannot be used
   * @throws com.mongodb.MongoException if staging cannot be used
   */
  void run() throws InterruptedException, SQLException;
}

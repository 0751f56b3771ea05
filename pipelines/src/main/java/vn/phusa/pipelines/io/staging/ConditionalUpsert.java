package vn.phusa.pipelines.io.staging;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoServerException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import org.bson.Document;
import org.bson.conversions.Bson;

/** How one of several processes changes a document, if it may. */
public final class ConditionalUpsert {
  private ConditionalUpsert() {}

  /**
   * Updates a document, or creates it, in one step.
   *
   * @return false if it is there and does not meet the condition: then it stays as it is
   */
  public static boolean write(
      MongoCollection<Document> documents, String key, Bson condition, Bson update) {
    try {
      documents.updateOne(
          Filters.and(Filters.eq(key), condition), update, new UpdateOptions().upsert(true));
      return true;
    } catch (MongoServerException e) {
      // As it does not match, MongoDB tried to add another one with the same key.
      if (ErrorCategory.fromErrorCode(e.getCode()) == ErrorCategory.DUPLICATE_KEY) {
        return false;
      }
      throw e;
    }
  }
}

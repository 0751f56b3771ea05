package vn.phusa.runners.jobs;

import vn.phusa.options.address.MongoAddress;
import vn.phusa.options.address.SecretReference;
import vn.phusa.runners.embedded.EmbeddedMongo;

/** The embedded server as staging database. */
public final class EmbeddedStaging {
  private EmbeddedStaging() {}

  /** Its address, with the login. */
  public static MongoAddress address(EmbeddedMongo mongo) {
    return new MongoAddress(
        "staging database",
        "stagingUri",
        mongo.address(),
        mongo.user(),
        SecretReference.toFile(mongo.passwordFile()));
  }
}

package vn.phusa.runners.cli;

import java.util.List;
import vn.phusa.options.address.SecretReference;
import vn.phusa.runners.embedded.EmbeddedMongo;

/** The embedded server as staging database, on a command line. */
public final class StagingArguments {
  private StagingArguments() {}

  /** Its address, with the login. */
  public static List<String> of(EmbeddedMongo mongo) {
    return List.of(
        "--stagingUri=" + mongo.address(),
        "--stagingUser=" + mongo.user(),
        "--stagingPassword=" + SecretReference.toFile(mongo.passwordFile()));
  }
}

package vn.phusa.runners.jobs.preflight;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.options.PipelineOptions;
import org.bson.Document;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.StagingOptions;
import vn.phusa.options.address.MongoAddress;
import vn.phusa.options.address.SecretReference;
import vn.phusa.pipelines.io.staging.MongoTls;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;

/** The MongoDB of the staged records. */
record MongoService() implements ServiceAccess<MongoAddress> {
  private static final String DATABASE = "ecommerce_staging";

  @Override
  public Optional<MongoAddress> address(PipelineOptions options) {
    return MongoAddress.staging(options);
  }

  @Override
  public void checkGiven(MongoAddress given) {
    GivenSecret.check("stagingPassword", given.password());
    MongoTls.check(given);
  }

  @Override
  public void checkConnects(MongoAddress given) {
    try (MongoClient client = MongoClients.create(settings(given))) {
      ask(given, client);
    }
  }

  private static void ask(MongoAddress given, MongoClient client) {
    try {
      client.getDatabase(DATABASE).runCommand(new Document("ping", 1));
      // A server that knows users answers the ping of anyone, but not this.
      client.getDatabase(DATABASE).listCollectionNames().first();
    } catch (MongoSecurityException e) {
      throw unusable(given, "user or password refused", false, e);
    } catch (MongoCommandException e) {
      throw unusable(given, "refused (code " + e.getErrorCode() + ")", false, e);
    } catch (MongoException e) {
      throw MongoTls.failure(client, e)
          .map(tls -> unusable(given, tls.line(), tls.isRetryable(), e))
          .orElseGet(() -> unusable(given, "cannot be reached", true, e));
    }
  }

  @Override
  public boolean hasEmbeddedData(EmbeddedStores stores) {
    return stores.hasStaging();
  }

  @Override
  public String startEmbedded(EmbeddedStores stores, PipelineOptions options) {
    EmbeddedStores.Staging staging = stores.staging();
    StagingOptions named = options.as(StagingOptions.class);
    named.setStagingUri(staging.uri());
    named.setStagingUser(staging.user());
    named.setStagingPassword(SecretReference.toFile(staging.passwordFile()).toString());
    return ShellCommand.mongosh(staging, DATABASE);
  }

  private static MongoClientSettings settings(MongoAddress address) {
    ConnectionString uri;
    try {
      uri = new ConnectionString(address.resolve());
    } catch (IllegalArgumentException e) {
      // Its message may repeat the URI, and the password with it.
      throw new InvalidOptionException(address.option(), "mongodb://host:port expected");
    }
    MongoClientSettings.Builder settings =
        MongoClientSettings.builder()
            .applyConnectionString(uri)
            .applyToClusterSettings(c -> c.serverSelectionTimeout(SECONDS / 2, TimeUnit.SECONDS))
            .applyToSocketSettings(
                s ->
                    s.connectTimeout(SECONDS / 2, TimeUnit.SECONDS)
                        .readTimeout(SECONDS, TimeUnit.SECONDS));
    MongoTls.apply(address, settings);
    return settings.build();
  }

  private static ServiceUnavailableException unusable(
      MongoAddress address, String why, boolean isRetryable, Exception cause) {
    return new ServiceUnavailableException(
        String.format(Locale.ROOT, "%s (--%s): %s", address.service(), address.option(), why),
        isRetryable,
        cause);
  }
}

package vn.phusa.options.address;

import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.StagingOptions;

/**
 * A MongoDB and who enters it.
 *
 * @param service what it is to a person: "staging database"
 * @param option the option that names it, e.g. "stagingUri"
 * @param uri a mongodb:// or mongodb+srv:// URI without user and password
 * @param user null: none
 * @param password null: none
 * @param tls how it is spoken to
 */
public record MongoAddress(
    String service,
    String option,
    String uri,
    String user,
    SecretReference password,
    ServiceTls tls)
    implements Serializable {

  private static final Pattern URI = Pattern.compile("(mongodb(?:\\+srv)?://)([^/?]+)(.*)");

  /** Refuses what is no MongoDB URI, and a user or password in it. */
  public MongoAddress {
    var matcher = URI.matcher(uri);
    if (!matcher.matches()) {
      throw new InvalidOptionException(option, "mongodb://host:port expected");
    }
    if (matcher.group(2).contains("@")) {
      throw new InvalidOptionException(
          option,
          "a URI may hold no user or password; give --"
              + option.replace("Uri", "User")
              + " and --"
              + option.replace("Uri", "Password"));
    }
    if ((user == null) != (password == null)) {
      throw new InvalidOptionException(
          option.replace("Uri", "Password"), "user and password go together");
    }
  }

  /** As it is spoken to where no option says otherwise. */
  public MongoAddress(
      String service, String option, String uri, String user, SecretReference password) {
    this(service, option, uri, user, password, ServiceTls.DEFAULT);
  }

  /**
   * The staging database that the options name; empty if they name none.
   *
   * @throws InvalidOptionException if one of the options is malformed
   */
  public static Optional<MongoAddress> staging(PipelineOptions options) {
    StagingOptions o = options.as(StagingOptions.class);
    String password = o.getStagingPassword();
    SecretReference secret =
        password == null ? null : SecretReference.parse("stagingPassword", password);
    ServiceTls tls = ServiceTls.of(options, "staging");
    return Optional.ofNullable(o.getStagingUri())
        .map(
            uri ->
                new MongoAddress(
                    "staging database", "stagingUri", uri, o.getStagingUser(), secret, tls));
  }

  /**
   * The URI with user and password, for the driver alone: to be called on the worker, and never to
   * be kept, logged or shown.
   *
   * @throws UnresolvedSecretException if there is no password where the reference points
   */
  public String resolve() {
    if (user == null) {
      return uri;
    }
    var matcher = URI.matcher(uri);
    if (!matcher.matches()) {
      throw new IllegalStateException("not a MongoDB URI");
    }
    return matcher.group(1)
        + encoded(user)
        + ":"
        + encoded(password.resolve())
        + "@"
        + matcher.group(2)
        + matcher.group(3);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

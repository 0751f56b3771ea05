package vn.phusa.pipelines.io.staging;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.connection.ServerDescription;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.phusa.options.address.LoopbackHost;
import vn.phusa.options.address.MongoAddress;
import vn.phusa.pipelines.io.tls.TlsFailure;
import vn.phusa.pipelines.io.tls.Trust;

/**
 * How MongoDB is spoken to. The driver verifies certificate and host name unless the URI tells it
 * not to.
 */
public final class MongoTls {
  private static final Pattern URI = Pattern.compile("mongodb(\\+srv)?://([^/?]+)(?:/[^?]*)?(.*)");

  private static final Set<String> YES = Set.of("true", "yes", "1");
  private static final List<String> ENCRYPTS = List.of("tls", "ssl");
  private static final List<String> VERIFIES_LESS =
      List.of("tlsinsecure", "tlsallowinvalidhostnames", "sslinvalidhostnameallowed");

  private MongoTls() {}

  /**
   * Whether a login would go in plain text, or to whoever answers. The URI is read here, since the
   * driver would look names up in order to read it.
   *
   * @throws vn.phusa.options.InvalidOptionException if so, beyond loopback and unless it is allowed
   */
  public static void check(MongoAddress address) {
    Matcher uri = URI.matcher(address.uri());
    if (!uri.matches() || LoopbackHost.areAll(uri.group(2))) {
      return;
    }
    Map<String, String> parameters = parameters(uri.group(3));
    Optional<String> verifiesLess =
        VERIFIES_LESS.stream().filter(name -> isYes(parameters, name)).findFirst();
    if (verifiesLess.isPresent()) {
      refuse(
          address, verifiesLess.get() + " lets the client speak to whoever answers; leave it out");
    }
    boolean hasLogin = address.user() != null || parameters.containsKey("authmechanism");
    boolean isEncrypted =
        uri.group(1) != null && ENCRYPTS.stream().noneMatch(parameters::containsKey)
            || ENCRYPTS.stream().anyMatch(name -> isYes(parameters, name));
    if (hasLogin && !isEncrypted) {
      refuse(address, "without tls=true the login goes beyond loopback in plain text; give it");
    }
  }

  private static void refuse(MongoAddress address, String problem) {
    address.tls().refusePlainText("staging", address.option(), problem);
  }

  private static boolean isYes(Map<String, String> parameters, String name) {
    return YES.contains(parameters.getOrDefault(name, "").toLowerCase(Locale.ROOT));
  }

  /** By name in lower case, as the driver reads them. */
  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    Arrays.stream(query.replaceFirst("^\\?", "").split("[&;]"))
        .map(parameter -> parameter.split("=", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> parameters.put(parts[0].toLowerCase(Locale.ROOT), parts[1]));
    return parameters;
  }

  /** Lets the client trust --tlsCaFile too; where the URI asks for no TLS that changes nothing. */
  public static void apply(MongoAddress address, MongoClientSettings.Builder settings) {
    settings.applyToSslSettings(ssl -> ssl.context(Trust.context(address.tls().authorities())));
  }

  /**
   * Why a client reached no server, where that is for TLS. The driver's exception itself holds only
   * a text of it.
   */
  public static Optional<TlsFailure> failure(MongoClient client, MongoException e) {
    Optional<TlsFailure> own = TlsFailure.of(e);
    return own.isPresent()
        ? own
        : client.getClusterDescription().getServerDescriptions().stream()
            .map(ServerDescription::getException)
            .filter(failure -> failure != null)
            .flatMap(failure -> TlsFailure.of(failure).stream())
            .findFirst();
  }
}

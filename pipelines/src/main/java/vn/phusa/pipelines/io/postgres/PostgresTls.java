package vn.phusa.pipelines.io.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.postgresql.Driver;
import org.postgresql.jdbc.SslMode;
import org.postgresql.util.PSQLException;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.LoopbackHost;

/**
 * How PostgreSQL is spoken to. What the URL says counts. Where it says nothing, a host beyond
 * loopback is never spoken to in plain text, and is verified in full where --tlsCaFile is given;
 * the driver's own default would fall back to plain text when somebody on the way asks for it.
 */
public final class PostgresTls {
  private final DatabaseAddress address;

  /** What the URL says; null: it is no URL that the driver can read. */
  private final @Nullable Properties url;

  private PostgresTls(DatabaseAddress address) {
    this.address = address;
    this.url = Driver.parseURL(address.url(), null);
  }

  /**
   * Whether a login would go in plain text, or might where the server or somebody on the way says
   * so. The driver finds a password in the user's own files too, so none need be given.
   *
   * @throws InvalidOptionException if so, unless it is allowed; one line that names the option
   */
  public static void check(DatabaseAddress address) {
    PostgresTls tls = new PostgresTls(address);
    SslMode mode = tls.mode();
    if (!mode.requireEncryption() && !tls.isLoopback()) {
      address
          .tls()
          .refusePlainText(
              address.option().replace("Url", ""),
              address.option(),
              "with sslmode="
                  + mode.value
                  + " the login may go beyond loopback in plain text; give sslmode=verify-full");
    }
  }

  /** What a person should know of a connection that is encrypted and goes to whoever answers. */
  public static Optional<String> warning(DatabaseAddress address) {
    PostgresTls tls = new PostgresTls(address);
    if (tls.isLoopback() || (tls.mode().verifyPeerName() && !tls.validatesNothing())) {
      return Optional.empty();
    }
    String how =
        tls.validatesNothing()
            ? "sslfactory=" + tls.url.getProperty("sslfactory")
            : "sslmode=" + tls.mode().value;
    return Optional.of(
        address.service()
            + " (--"
            + address.option()
            + "): "
            + how
            + " does not verify which server answers; sslmode=verify-full does");
  }

  /** Gives the driver what the URL leaves open. */
  public static void apply(DatabaseAddress address, Properties properties) {
    PostgresTls tls = new PostgresTls(address);
    if (tls.url == null) {
      return;
    }
    SslMode mode = tls.mode();
    if (!tls.says("sslmode") && !tls.says("ssl")) {
      properties.setProperty("sslmode", mode.value);
    }
    String file = address.tls().authorities().file();
    if (!mode.requireEncryption() || tls.says("sslrootcert") || tls.says("sslfactory")) {
      return;
    }
    if (file != null && (tls.says("sslcert") || tls.says("sslkey"))) {
      // The driver's own factory, which alone knows certificates of clients.
      properties.setProperty("sslrootcert", file);
    } else if (file != null || (mode.verifyCertificate() && !hasRootOfItsOwn())) {
      properties.setProperty("sslfactory", TrustedSocketFactory.class.getName());
      properties.setProperty("sslfactoryarg", file == null ? "" : file);
    }
  }

  private SslMode mode() {
    if (url == null) {
      return SslMode.PREFER;
    }
    if (says("sslmode") || says("ssl")) {
      try {
        return SslMode.of(url);
      } catch (PSQLException e) {
        throw new InvalidOptionException(address.option(), "its sslmode is none");
      }
    }
    if (isLoopback() || address.tls().allowsPlainText()) {
      return SslMode.PREFER;
    }
    return address.tls().authorities().file() == null ? SslMode.REQUIRE : SslMode.VERIFY_FULL;
  }

  private boolean says(String parameter) {
    return url.getProperty(parameter) != null;
  }

  private boolean validatesNothing() {
    return says("sslfactory") && url.getProperty("sslfactory").endsWith(".NonValidatingFactory");
  }

  private boolean isLoopback() {
    return url == null || LoopbackHost.areAll(url.getProperty("PGHOST", "localhost"));
  }

  /** Where the driver looks for authorities by itself. */
  private static boolean hasRootOfItsOwn() {
    return Files.exists(Path.of(System.getProperty("user.home"), ".postgresql", "root.crt"));
  }
}

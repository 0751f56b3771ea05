package vn.phusa.options.address;

import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.OltpOptions;
import vn.phusa.options.WarehouseOptions;

/**
 * A PostgreSQL database and who enters it.
 *
 * @param service what it is to a person: "warehouse" or "operational database"
 * @param option the option that names it, e.g. "warehouseUrl"
 * @param url a JDBC URL without a password
 * @param user null: the driver's choice
 * @param password null: none
 * @param tls how it is spoken to
 * @param schema where the warehouse's tables are; null: names mean what the role's own search_path
 *     finds
 */
public record DatabaseAddress(
    String service,
    String option,
    String url,
    String user,
    SecretReference password,
    ServiceTls tls,
    SchemaName schema)
    implements Serializable {

  private static final String PREFIX = "jdbc:postgresql:";
  private static final String WAREHOUSE = "warehouse";
  private static final Pattern USER_INFO = Pattern.compile("jdbc:postgresql://[^/?]*@.*");

  /** Refuses what is no PostgreSQL URL, a password in it, and a second name of the schema. */
  public DatabaseAddress {
    if (!url.startsWith(PREFIX)) {
      throw new InvalidOptionException(option, "jdbc:postgresql://host:port/database expected");
    }
    if (schema != null && hasParameter(url, name -> name.equals("currentschema"))) {
      throw new InvalidOptionException(
          option, "leave out currentSchema; the warehouse's schema is given by --warehouseSchema");
    }
    if (USER_INFO.matcher(url).matches() || hasParameter(url, name -> name.endsWith("password"))) {
      throw new InvalidOptionException(
          option,
          "a URL may hold no user or password before the host and no password behind it; give --"
              + option.replace("Url", "Password"));
    }
  }

  /** As it is spoken to where no option says otherwise. */
  public DatabaseAddress(
      String service, String option, String url, String user, SecretReference password) {
    this(
        service,
        option,
        url,
        user,
        password,
        ServiceTls.DEFAULT,
        option.equals(WAREHOUSE + "Url") ? SchemaName.PUBLIC : null);
  }

  /**
   * The warehouse that the options name; empty if they name none.
   *
   * @throws InvalidOptionException if one of the options is malformed
   */
  public static Optional<DatabaseAddress> warehouse(PipelineOptions options) {
    WarehouseOptions o = options.as(WarehouseOptions.class);
    return address(
        options,
        WAREHOUSE,
        WAREHOUSE,
        o.getWarehouseUrl(),
        o.getWarehouseUser(),
        o.getWarehousePassword(),
        new SchemaName(o.getWarehouseSchema()));
  }

  /**
   * The operational database that the options name; empty if they name none.
   *
   * @throws InvalidOptionException if one of the options is malformed
   */
  public static Optional<DatabaseAddress> oltp(PipelineOptions options) {
    OltpOptions o = options.as(OltpOptions.class);
    return address(
        options,
        "operational database",
        "oltp",
        o.getOltpUrl(),
        o.getOltpUser(),
        o.getOltpPassword(),
        null);
  }

  private static Optional<DatabaseAddress> address(
      PipelineOptions options,
      String service,
      String prefix,
      String url,
      String user,
      String password,
      SchemaName schema) {
    SecretReference secret =
        password == null ? null : SecretReference.parse(prefix + "Password", password);
    ServiceTls tls = ServiceTls.of(options, prefix);
    return Optional.ofNullable(url)
        .map(u -> new DatabaseAddress(service, prefix + "Url", u, user, secret, tls, schema));
  }

  private static boolean hasParameter(String url, Predicate<String> named) {
    int question = url.indexOf('?');
    return question >= 0
        && Stream.of(url.substring(question + 1).split("&"))
            .map(parameter -> parameter.split("=", 2)[0].toLowerCase(Locale.ROOT))
            .anyMatch(named);
  }
}

package vn.phusa.options.address;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Pattern;
import vn.phusa.options.InvalidOptionException;

/**
 * The schema that all tables of a warehouse are in, as {@code --warehouseSchema} names it.
 *
 * @param name as the catalog has it, in its case: letters, digits and underscores
 */
public record SchemaName(String name) implements Serializable {
  private static final String OPTION = "warehouseSchema";

  /** PostgreSQL cuts longer ones off, and so would take another schema. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  private static final Pattern OF_THE_SYSTEM =
      Pattern.compile("pg_.*|information_schema", Pattern.CASE_INSENSITIVE);

  /** The default. */
  public static final SchemaName PUBLIC = new SchemaName("public");

  /** Refuses what would need escaping in SQL, and the system's own schemas. */
  public SchemaName {
    if (!PLAIN.matcher(name).matches()) {
      throw new InvalidOptionException(
          OPTION, "a name of ASCII letters, digits and _ expected, 63 at most, no digit first");
    }
    if (OF_THE_SYSTEM.matcher(name).matches()) {
      throw new InvalidOptionException(
          OPTION, String.format(Locale.ROOT, "%s is PostgreSQL's own; give another schema", name));
    }
  }

  /** As SQL has it, whatever words SQL keeps for itself. */
  public String quoted() {
    return '"' + name + '"';
  }

  /** As SQL has the name of a table, view or function in it. */
  public String qualified(String relation) {
    return quoted() + "." + relation;
  }

  @Override
  public String toString() {
    return name;
  }
}

package vn.phusa.pipelines.io.warehouse.schema;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.phusa.options.address.SchemaName;

/**
 * SQL scripts that spell the schema, as no other SQL does: those of an administrator, whose session
 * is not ours, and migrations, whose functions have a search_path of their own. They are written
 * for public, and released ones stay as they are.
 */
final class SchemaScript {
  /** The schema, and not the role PUBLIC or the word. */
  private static final Pattern SCHEMA =
      Pattern.compile(
          "\\bpublic(?=\\.[a-z%])|(?<=\\bSCHEMA )public\\b|(?<=')public(?='::regnamespace)"
              + "|(?<=to_regnamespace\\(')public(?='\\))");

  private SchemaScript() {}

  /** A script that does the same in a schema; for public as it is. */
  static String in(SchemaName schema, String script) {
    return schema.equals(SchemaName.PUBLIC)
        ? script
        : SCHEMA.matcher(script).replaceAll(Matcher.quoteReplacement(schema.quoted()));
  }
}

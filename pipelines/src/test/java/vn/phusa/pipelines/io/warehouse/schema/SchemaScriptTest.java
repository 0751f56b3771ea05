package vn.phusa.pipelines.io.warehouse.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import vn.phusa.options.address.SchemaName;

class SchemaScriptTest {
  private static final SchemaName DW = new SchemaName("Dw");

  /** The schema of a script that is not told by its context is in public for ever. */
  private static final Pattern LEFT = Pattern.compile("\\bpublic\\b(?! holiday)");

  @ParameterizedTest
  @MethodSource("scripts")
  void noScriptNamesPublicWhereTheWarehouseIsElsewhere(Path script) throws Exception {
    String text = Files.readString(script);
    assertThat(SchemaScript.in(DW, text)).doesNotContainPattern(LEFT);
    assertThat(SchemaScript.in(SchemaName.PUBLIC, text)).isSameAs(text);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "SELECT public.f(1) | SELECT \"Dw\".f(1)",
        "'REFRESH %s public.%I' | 'REFRESH %s \"Dw\".%I'",
        "to_regclass('public.t') | to_regclass('\"Dw\".t')",
        "'public'::regnamespace | '\"Dw\"'::regnamespace",
        "ON SCHEMA public FROM PUBLIC; | ON SCHEMA \"Dw\" FROM PUBLIC;",
        "is_public_holiday | is_public_holiday",
        "VALUES ('public') | VALUES ('public')",
        "IS 'Made public. Then' | IS 'Made public. Then'"
      },
      delimiter = '|')
  void theSchemaIsReplacedAndNotTheWord(String script, String expected) {
    assertThat(SchemaScript.in(DW, script)).isEqualTo(expected);
  }

  @Test
  void allScriptsAreSeen() throws Exception {
    assertThat(scripts())
        .extracting(script -> script.getFileName().toString())
        .contains("V1__dimensions.sql", "V9__refresh_mart.sql", "roles.sql", "mv_sales_cube.sql");
  }

  static List<Path> scripts() throws Exception {
    List<Path> scripts = new ArrayList<>();
    Path others = folder("/vn/phusa/pipelines/io/warehouse/schema/roles.sql").getParent();
    for (Path folder : List.of(folder("/db/migration"), others)) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.filter(file -> file.toString().endsWith(".sql")).forEach(scripts::add);
      }
    }
    return scripts;
  }

  private static Path folder(String name) throws URISyntaxException {
    return Path.of(WarehouseSchema.class.getResource(name).toURI());
  }
}

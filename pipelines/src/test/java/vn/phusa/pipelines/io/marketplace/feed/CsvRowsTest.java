package vn.phusa.pipelines.io.marketplace.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.phusa.pipelines.io.marketplace.spec.FeedLimits;

/** A faulty line of a CSV file costs itself and none of its neighbours. */
class CsvRowsTest {
  private static final String HEADER = "id,name,stock\n";

  private static final FeedLimits LIMITS =
      new FeedLimits(null, null, null, null, 3_000L, 100L, null, null);

  @Test
  void aQuoteWithinAFieldIsACharacter() throws IOException {
    assertThat(rows(HEADER + "1,Laptop 15.6\" Dell,1\n2,\"Chuột\",7\n9,TV 55\" LG,2\n"))
        .containsExactly(
            "2 {'id':'1','name':'Laptop 15.6\\' Dell','stock':'1'}",
            "3 {'id':'2','name':'Chuột','stock':'7'}",
            "4 {'id':'9','name':'TV 55\\' LG','stock':'2'}");
  }

  @Test
  void aQuotedFieldMayHoldLineEndsAndQuotes() throws IOException {
    assertThat(
            rows(
                HEADER
                    + "1,\"a \"\"b\"\"\r\n\r\n, c\"\"\",1\r\n"
                    + "\"\"\"2\"\"\",\"\"\"\n\"\"\",\"\"\n"
                    + "3,\"d\"\n"
                    + "4, \"e,1\n"
                    + "5,f,\"1\n\"\n"))
        .containsExactly(
            "2 {'id':'1','name':'a \\'b\\'\\n\\n, c\\'','stock':'1'}",
            "5 {'id':'\\'2\\'','name':'\\'\\n\\'','stock':''}",
            "7 wrong_columns 3,'d'",
            "8 {'id':'4','name':' \\'e','stock':'1'}",
            "9 {'id':'5','name':'f','stock':'1\\n'}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5,\"open,1",
        "5,open,\"1",
        "\"5,open,1",
        "5,\"not\" closed,\"1",
        "5,\"closed\" too early,1",
        "5,\"\"\"open\"\",1",
        "5,few",
        "5,too,many,1"
      })
  void aFaultyLineCostsOnlyItself(String faulty) throws IOException {
    String before = "1,Laptop 15.6\" Dell,1\n2,\"two\nlines\",2\n";
    String after = "6,TV 55\" LG,2\n7,\"two\n, \"\"lines\"\"\",\"3\"\n8,\"x\",4\n9,y\"z,5\n";

    List<String> rows = rows(HEADER + before + faulty + "\n" + after);

    assertThat(rows).hasSize(7);
    assertThat(rows.get(2))
        .matches("5 (open_quote|not_csv|wrong_columns) .*")
        .endsWith(faulty.replace('"', '\''));
    rows.remove(2);
    assertThat(rows)
        .containsExactly(
            "2 {'id':'1','name':'Laptop 15.6\\' Dell','stock':'1'}",
            "3 {'id':'2','name':'two\\nlines','stock':'2'}",
            "6 {'id':'6','name':'TV 55\\' LG','stock':'2'}",
            "7 {'id':'7','name':'two\\n, \\'lines\\'','stock':'3'}",
            "9 {'id':'8','name':'x','stock':'4'}",
            "10 {'id':'9','name':'y\\'z','stock':'5'}");
  }

  @Test
  void quotesThatAreNeverClosedCostTheirLinesHoweverFarTheEndIs() throws IOException {
    String good = "7,\"x\",1\n".repeat(300);
    List<String> rows = rows(HEADER + "5,\"open,1\n" + good + "6,\"open,1\n");
    assertThat(rows).hasSize(302);
    assertThat(rows.get(0)).isEqualTo("2 open_quote 5,'open,1");
    assertThat(rows.get(301)).isEqualTo("303 open_quote 6,'open,1");
    assertThat(rows.subList(1, 301)).allMatch(row -> row.contains("{"));
  }

  @Test
  void aRowIsNotUsedWhereAnyOfItsLinesIsNot() throws IOException {
    byte[] text = (HEADER + "1,\"two\nlin?es\",1\n2,x,2\n").getBytes(StandardCharsets.UTF_8);
    text[HEADER.length() + "1,\"two\nlin".length()] = (byte) 0xff;
    assertThat(rows(text))
        .containsExactly(
            "2 not_utf8 1,'two\nlin\uFFFDes',1", "4 {'id':'2','name':'x','stock':'2'}");
  }

  @Test
  void aRowAndAFieldAreNoLongerThanTheyMay() throws IOException {
    String line = "x".repeat(90) + "\n";
    List<String> rows =
        rows(
            HEADER
                + ("1," + "y".repeat(4_000) + ",\"1\n")
                + ("2,\"" + line.repeat(40) + "\",1\n").replace("\n\",", "\",")
                + ("3," + "z".repeat(101) + ",1\n")
                + ("4," + "z".repeat(100) + ",1\n")
                + ("5,\"" + "y".repeat(4_000)));
    assertThat(rows.get(0)).startsWith("2 too_long 1,y").hasSize("2 too_long ".length() + 3_000);
    assertThat(rows.get(1)).startsWith("3 too_long 2,'x");
    assertThat(rows.subList(2, 41)).allMatch(row -> row.contains(" wrong_columns x"));
    assertThat(rows.get(41)).startsWith("43 field_too_long 3,z");
    assertThat(rows.get(42)).startsWith("44 {'id':'4'");
    assertThat(rows.get(43)).startsWith("45 too_long 5,'y");
    assertThat(rows).hasSize(44);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id,id\n1,2\n", "id, id \n1,2\n", "id,\"name\n1,2\n", "\"id\"x,name\n"})
  void whatIsNoHeaderIsReported(String text) {
    assertThatThrownBy(() -> rows(text)).isInstanceOf(CsvRows.NoHeaderException.class);
  }

  private List<String> rows(String text) throws IOException {
    return rows(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The rows with their lines and problems; with ' for ", which would have to be escaped here. */
  private List<String> rows(byte[] text) throws IOException {
    List<String> found = new ArrayList<>();
    try (FeedLines lines = FeedLines.open(new ByteArrayInputStream(text), LIMITS)) {
      CsvRows rows = CsvRows.of(lines, LIMITS);
      for (CsvRows.CsvRow row = rows.next(); row != null; row = rows.next()) {
        String problem = row.problem() == null ? "" : row.problem() + " ";
        found.add(row.line() + " " + problem + row.text().replace('"', '\''));
      }
    }
    return found;
  }
}

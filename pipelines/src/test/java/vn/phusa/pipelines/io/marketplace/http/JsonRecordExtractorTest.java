package vn.phusa.pipelines.io.marketplace.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonRecordExtractorTest {

  private static ExtractedJson extracted(
      String records, List<String> values, List<String> own, String json) throws IOException {
    return new JsonRecordExtractor(records, values, own)
        .extract(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void recordsAreCutByteForByte() throws IOException {
    String first = "{ \"id\" : 1.50 ,\t\"tên\":\"Đắk \\u0041 😀\",\"b\":[1,{\"id\":7}],\"b\":2}";
    String second = "{\"id\":\"x\\\"}\"}";
    ExtractedJson extracted =
        extracted(
            "/data/list",
            List.of("/data/total", "/code", "/none", "/empty"),
            List.of("/id", "/b/1/id"),
            "\n{\"code\":\"0\",\"data\":{\"list\": [ "
                + first
                + " ,\r\n"
                + second
                + "],\"total\":2},\"empty\":null,\"rest\":[[{}]]} ");
    assertThat(extracted.records())
        .extracting(ExtractedJson.Piece::text)
        .containsExactly(first, second);
    assertThat(extracted.records().get(0).values())
        .containsEntry("/id", "1.50")
        .containsEntry("/b/1/id", "7");
    assertThat(extracted.records().get(1).value("/id")).isEqualTo("x\"}");
    assertThat(extracted.values()).containsOnlyKeys("/code", "/data/total");
    assertThat(extracted.number("/data/total")).isEqualTo(2);
  }

  @Test
  void aSingleObjectIsOneRecord() throws IOException {
    assertThat(
            extracted("/response", List.of(), List.of(), "{\"response\":{\"model\":[]}}").records())
        .extracting(ExtractedJson.Piece::text)
        .containsExactly("{\"model\":[]}");
  }

  @Test
  void noneAndNullAndEmptyAreDistinguished() throws IOException {
    assertThat(extracted("/a", List.of(), List.of(), "{\"b\":[]}").records()).isNull();
    assertThat(extracted("/a", List.of(), List.of(), "{\"a\":\"text\"}").records()).isNull();
    assertThat(extracted("/a", List.of(), List.of(), "{\"a\":null}").records()).isEmpty();
    assertThat(extracted("/a", List.of(), List.of(), "{\"a\":[]}").records()).isEmpty();
  }

  @Test
  void whatIsNoWholeJsonIsRefused() {
    for (String json : List.of("", " ", "{\"a\":[{\"id\":1},{\"id", "{\"a\":[]} {}", "<html>")) {
      assertThatThrownBy(() -> extracted("/a", List.of(), List.of("/id"), json))
          .as(json)
          .isInstanceOf(IOException.class);
    }
    byte[] broken = "{\"a\":[{\"id\":\"?\"}]}".getBytes(StandardCharsets.UTF_8);
    broken[13] = (byte) 0xC3;
    assertThatThrownBy(() -> new JsonRecordExtractor("/a", List.of(), List.of()).extract(broken))
        .isInstanceOf(IOException.class);
  }

  @Property(tries = 300)
  void anyTextComesOutAsItWentIn(@ForAll String text) throws IOException {
    String record =
        "{\"id\":1,\"t\":"
            + new com.fasterxml.jackson.databind.ObjectMapper()
                .writeValueAsString(text.replaceAll("[\\ud800-\\udfff]", "?"))
            + "}";
    ExtractedJson extracted =
        extracted("", List.of(), List.of("/id"), "[" + record + "," + record + "]");
    assertThat(extracted.records())
        .extracting(ExtractedJson.Piece::text)
        .containsExactly(record, record);
  }
}

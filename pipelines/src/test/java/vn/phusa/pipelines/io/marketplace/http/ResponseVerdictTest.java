package vn.phusa.pipelines.io.marketplace.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.marketplace.spec.ErrorRules;
import vn.phusa.pipelines.io.marketplace.spec.ErrorRules.Class;
import vn.phusa.pipelines.io.marketplace.spec.Marketplaces;

/** What the platforms' answers mean, by the built-in descriptions. */
class ResponseVerdictTest {
  private static final Instant NOW = Instant.parse("2024-05-05T17:30:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Marketplaces BUILT_IN = Marketplaces.read(null);

  private static ResponseVerdict verdict(String name, int status, String json, String... headers)
      throws IOException {
    ErrorRules rules = BUILT_IN.marketplaces().get(name).errors();
    JsonRecordExtractor extractor =
        JsonRecordExtractor.withErrors(rules, null, List.of(), List.of());
    ExtractedJson extracted = extractor.extractOrNull(json.getBytes(StandardCharsets.UTF_8));
    Map<String, List<String>> map =
        headers.length == 0 ? Map.of() : Map.of(headers[0], List.of(headers[1]));
    return ResponseVerdict.of(rules, status, HttpHeaders.of(map, (a, b) -> true), extracted, CLOCK);
  }

  private static Class action(String name, int status, String json) throws IOException {
    return verdict(name, status, json).action();
  }

  @Test
  void lazadaSaysErrorsInsideOfOk() throws IOException {
    assertThat(action("lazada", 200, "{\"code\":\"0\",\"data\":{}}")).isEqualTo(Class.OK);
    assertThat(action("lazada", 200, "{\"code\":\"IllegalAccessToken\"}"))
        .isEqualTo(Class.REFRESHTOKEN);
    assertThat(action("lazada", 200, "{\"code\":\"6\"}")).isEqualTo(Class.RETRY);
    assertThat(action("lazada", 200, "{\"code\":\"IncompleteSignature\"}")).isEqualTo(Class.FAIL);
    ResponseVerdict ban =
        verdict(
            "lazada",
            200,
            "{\"code\":\"ApiCallLimit\",\"message\":\"too fast, this ban will last 7 seconds\"}");
    assertThat(ban.action()).isEqualTo(Class.RATELIMIT);
    assertThat(ban.until()).isEqualTo(NOW.plusSeconds(7));
  }

  @Test
  void shopeesQuotaEndsAtMidnightInSingapore() throws IOException {
    ResponseVerdict quota = verdict("shopee", 200, "{\"error\":\"error_limit\"}");
    assertThat(quota.action()).isEqualTo(Class.QUOTA);
    assertThat(quota.until()).isEqualTo(Instant.parse("2024-05-06T16:00:00Z"));
    assertThat(action("shopee", 200, "{\"error\":\"\"}")).isEqualTo(Class.OK);
    assertThat(action("shopee", 403, "{\"error\":\"common.error_auth\"}"))
        .isEqualTo(Class.REFRESHTOKEN);
    assertThat(action("shopee", 200, "{\"error\":\"error_rate_limit\"}"))
        .isEqualTo(Class.RATELIMIT);
    assertThat(action("shopee", 200, "{\"error\":\"error_sign\"}")).isEqualTo(Class.FAIL);
    assertThat(action("shopee", 200, "{\"error\":\"shop.error_server\"}")).isEqualTo(Class.RETRY);
  }

  @Test
  void tikiSaysItByHttpStatus() throws IOException {
    assertThat(action("tiki", 401, "{\"errors\":[\"token\"]}")).isEqualTo(Class.REFRESHTOKEN);
    assertThat(action("tiki", 403, "{}")).isEqualTo(Class.FAIL);
    assertThat(action("tiki", 500, "<html>")).isEqualTo(Class.RETRY);
    assertThat(action("tiki", 599, "")).isEqualTo(Class.RETRY);
    assertThat(action("tiki", 302, "")).isEqualTo(Class.FAIL);
    assertThat(action("tiki", 200, "{\"data\":[{\"id\":")).isEqualTo(Class.RETRY);
  }

  @Test
  void sendoSaysItInTheBody() throws IOException {
    assertThat(action("sendo", 200, "{\"success\":true,\"status_code\":200}")).isEqualTo(Class.OK);
    assertThat(action("sendo", 200, "{\"exp\":\"token expired\"}")).isEqualTo(Class.REFRESHTOKEN);
    assertThat(action("sendo", 200, "{\"success\":false,\"status_code\":403}"))
        .isEqualTo(Class.FAIL);
    assertThat(action("sendo", 200, "{\"success\":false,\"status_code\":500}"))
        .isEqualTo(Class.RETRY);
  }

  @Test
  void retryAfterInSecondsAndAsADate() throws IOException {
    assertThat(verdict("tiki", 429, "{}", "Retry-After", "120").until())
        .isEqualTo(NOW.plusSeconds(120));
    assertThat(verdict("tiki", 503, "", "retry-after", "Sun, 05 May 2024 17:31:00 GMT").until())
        .isEqualTo(NOW.plusSeconds(60));
    assertThat(verdict("tiki", 429, "{}", "Retry-After", "soon").until()).isNull();
    assertThat(verdict("tiki", 503, "", "Retry-After", "0").until())
        .as("no wait of its own")
        .isNull();
    assertThat(verdict("tiki", 503, "", "Retry-After", "Sun, 05 May 2024 17:29:00 GMT").until())
        .as("past by our clock")
        .isNull();
  }

  @Test
  void noTextOfTheAnswerIsShown() throws IOException {
    ResponseVerdict verdict =
        verdict("lazada", 200, "{\"code\":\"a b c Nguyen Van A\",\"message\":\"0901234567\"}");
    assertThat(verdict.problem()).doesNotContain("Nguyen").doesNotContain("0901");
  }
}

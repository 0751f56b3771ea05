package vn.phusa.pipelines.io.marketplace.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.marketplace.http.HttpCall;

/** The platforms' own examples of signatures, and those of their clients' tests. */
class SignaturesTest {

  private static String lazada(String secret, String path, String... pairs) {
    return LazadaSigner.signature(secret, path, parameters(pairs), null);
  }

  private static List<HttpCall.Parameter> parameters(String... pairs) {
    List<HttpCall.Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      parameters.add(new HttpCall.Parameter(pairs[i], pairs[i + 1]));
    }
    return parameters;
  }

  @Test
  void lazadaAsItsDocumentationSigns() {
    assertThat(
            lazada(
                "helloworld",
                "/order/get",
                "app_key",
                "123456",
                "access_token",
                "test",
                "timestamp",
                "1517820392000",
                "sign_method",
                "sha256",
                "order_id",
                "1234"))
        .isEqualTo("4190D32361CFB9581350222F345CB77F3B19F0E31D162316848A2C1FFD5FAB4A");
  }

  @Test
  void lazadaSortsByAsciiAndNotByAlphabet() {
    String[] pairs = {"foo", "1", "bar", "2", "foo_bar", "3", "foobar", "4"};
    assertThat(lazada("1234", "/test/api", pairs))
        .isEqualTo("988085883BF9D32D251478D23122C7ECC91518CDF63BA22F792000A378F52409");
    assertThat(lazada("secret", "/test/api", pairs))
        .isEqualTo("C9E42CE09BA9FE95ECCB17111AA4E3F41D1C82F000435219C75936A427D9C945");
  }

  @Test
  void lazadaCancel() {
    assertThat(
            lazada(
                "test-secret",
                "/order/cancel",
                "app_key",
                "123456",
                "timestamp",
                "1700000000000",
                "sign_method",
                "sha256",
                "access_token",
                "test-token"))
        .isEqualTo("91375F42B474CECEE7172759B6400E74F10FBB6E9E9E145EA2A27DFA17556B18");
  }

  @Test
  void lazadaSignsTheWholeRequest() {
    HttpCall call =
        new HttpCall(
            "GET", "https://x", "/order/get", parameters("order_id", "1234"), Map.of(), null);
    Token token = new Token("test", null, Instant.MAX, Instant.MAX);
    HttpCall signed =
        new LazadaSigner("123456", "helloworld")
            .sign(call, token, Instant.ofEpochMilli(1517820392000L));
    assertThat(signed.query())
        .contains(
            new HttpCall.Parameter(
                "sign", "4190D32361CFB9581350222F345CB77F3B19F0E31D162316848A2C1FFD5FAB4A"));
  }

  @Test
  void shopeeAsItsClientsSign() {
    assertThat(
            ShopeeSigner.signature(
                "test_partner_key",
                "/api/v2/auth/token/get123456test_partner_idtest_shop_idtest_main_account_id"))
        .isEqualTo("37c864bd9821ff5f2c2f46b2faca14eb1811a718d1fdc6dcf383cba7c74bf9e9");
  }

  @Test
  void shopeeSignsPartnerPathTimeTokenAndShopOnly() {
    ShopeeSigner signer = new ShopeeSigner("2001887", "shpk-demo-key", "14701711", "/api/v2");
    Token token = new Token("59777174636562737266615546704c6d", null, Instant.MAX, Instant.MAX);
    Instant time = Instant.ofEpochSecond(1655714431);
    assertThat(sign(signer.sign(call("/shop/get_shop_info"), token, time)))
        .isEqualTo("f658dac86c1ef78a4e473f0829fda38996d670a90af4e5f35691ee2cfb40113a");
    assertThat(sign(signer.sign(call("/public/get_shops_by_partner"), null, time)))
        .isEqualTo("5be9c14aec5d8ed6d4ce7cbb512f86f11dd24c8a046af8fac3c5954d0a3dba9b");
    assertThat(sign(signer.sign(call("/order/get_order_list"), token, time)))
        .isEqualTo("cebd56ead24bdbd7e5c4b0be997a38589d2ff6bdfd42c10ba94d134a622d5f57");
  }

  @Test
  void whatIsSignedIsNotEncodedAndWhatIsSentIs() {
    HttpCall call =
        new HttpCall(
            "GET",
            "https://x",
            "/p",
            parameters("t", "2018-01-01T00:00:00+0800 á&="),
            Map.of(),
            null);
    assertThat(call.uri().toString())
        .isEqualTo("https://x/p?t=2018-01-01T00%3A00%3A00%2B0800%20%C3%A1%26%3D");
    assertThat(URLDecoder.decode(call.uri().getRawQuery(), StandardCharsets.UTF_8))
        .isEqualTo("t=2018-01-01T00:00:00+0800 á&=");
    assertThat(call).hasToString("GET /p");
  }

  private static HttpCall call(String path) {
    return new HttpCall("GET", "https://x", path, parameters("any", "thing"), Map.of(), null);
  }

  private static String sign(HttpCall call) {
    return call.query().stream()
        .filter(p -> p.name().equals("sign"))
        .findFirst()
        .orElseThrow()
        .value();
  }
}

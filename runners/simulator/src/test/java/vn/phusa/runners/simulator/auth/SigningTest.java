package vn.phusa.runners.simulator.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SigningTest {
  @Test
  void signsAsLazadasDocumentationDoes() {
    assertThat(
            Signing.lazada(
                "helloworld",
                "/order/get",
                Map.of(
                    "app_key", "123456",
                    "access_token", "test",
                    "timestamp", "1517820392000",
                    "sign_method", "sha256",
                    "order_id", "1234")))
        .isEqualTo("4190D32361CFB9581350222F345CB77F3B19F0E31D162316848A2C1FFD5FAB4A");
  }

  @Test
  void signsAsLazadasClientsDo() {
    Map<String, String> parameters = Map.of("foo", "1", "bar", "2", "foo_bar", "3", "foobar", "4");
    assertThat(Signing.lazada("1234", "/test/api", parameters))
        .isEqualTo("988085883BF9D32D251478D23122C7ECC91518CDF63BA22F792000A378F52409");
    assertThat(Signing.lazada("secret", "/test/api", parameters))
        .isEqualTo("C9E42CE09BA9FE95ECCB17111AA4E3F41D1C82F000435219C75936A427D9C945");
    assertThat(
            Signing.lazada(
                "test-secret",
                "/order/cancel",
                Map.of(
                    "app_key", "123456",
                    "timestamp", "1700000000000",
                    "sign_method", "sha256",
                    "access_token", "test-token",
                    "empty", "",
                    "sign", "left out")))
        .isEqualTo("91375F42B474CECEE7172759B6400E74F10FBB6E9E9E145EA2A27DFA17556B18");
  }

  @Test
  void signsForShopee() {
    assertThat(
            Signing.shopee(
                "test_partner_key",
                "/api/v2/auth/token/get",
                "123456",
                "test_partner_id",
                "test_shop_id",
                "test_main_account_id"))
        .isEqualTo("37c864bd9821ff5f2c2f46b2faca14eb1811a718d1fdc6dcf383cba7c74bf9e9");
    assertThat(
            Signing.shopee(
                "shpk-demo-key",
                "2001887",
                "/api/v2/shop/get_shop_info",
                "1655714431",
                "59777174636562737266615546704c6d",
                "14701711"))
        .isEqualTo("f658dac86c1ef78a4e473f0829fda38996d670a90af4e5f35691ee2cfb40113a");
    assertThat(
            Signing.shopee(
                "shpk-demo-key", "2001887", "/api/v2/public/get_shops_by_partner", "1655714431"))
        .isEqualTo("5be9c14aec5d8ed6d4ce7cbb512f86f11dd24c8a046af8fac3c5954d0a3dba9b");
  }
}

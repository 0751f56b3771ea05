package vn.phusa.pipelines.io.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.SchemaName;
import vn.phusa.options.address.ServiceTls;
import vn.phusa.options.address.TrustedAuthorities;

class PostgresTlsTest {
  private static final TrustedAuthorities PRIVATE = new TrustedAuthorities("/etc/ca.pem");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//db.example/w?sslmode=disable",
        "//db.example/w?sslmode=allow",
        "//db.example:5432/w?sslmode=prefer",
        "//db.example/w?ssl=false",
        "//localhost,db.example/w?sslmode=disable",
        "//127.0.0.1.example/w?sslmode=disable",
      })
  void plainTextBeyondLoopbackIsRefusedUnlessAllowed(String url) {
    assertThatThrownBy(() -> PostgresTls.check(address(url, ServiceTls.DEFAULT)))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageMatching(
            "--warehouseUrl: with sslmode=(disable|allow|prefer) the login may go beyond loopback in"
                + " plain text; give sslmode=verify-full, or allow it by"
                + " --allowPlainText=warehouse");
    PostgresTls.check(address(url, new ServiceTls(TrustedAuthorities.OF_JDK, true)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//db.example/w",
        "//db.example/w?ssl=true",
        "//db.example/w?sslmode=require",
        "//127.0.0.1/w?sslmode=disable",
        "//[::1]:5432/w?sslmode=disable",
        "w",
        "//localhost,127.0.0.1:5433/w",
      })
  void whatIsEncryptedOrStaysHereIsNot(String url) {
    PostgresTls.check(address(url, ServiceTls.DEFAULT));
  }

  @ParameterizedTest
  @CsvSource({
    "//db.example/w, , false, require,",
    "//db.example/w, /etc/ca.pem, false, verify-full, factory",
    "//db.example/w, /etc/ca.pem, true, prefer,",
    "//db.example/w?sslmode=require, , false, ,",
    "//db.example/w?sslmode=verify-ca, /etc/ca.pem, false, , factory",
    "//db.example/w?sslmode=verify-full&sslrootcert=/own, /etc/ca.pem, false, ,",
    "//db.example/w?sslmode=verify-full&sslcert=/own, /etc/ca.pem, false, , /etc/ca.pem",
    "//127.0.0.1/w, /etc/ca.pem, false, prefer,",
    "//127.0.0.1/w?sslmode=verify-full, /etc/ca.pem, false, , factory",
  })
  void whatTheUrlLeavesOpenIsTheSafest(
      String url, String file, boolean allowed, String mode, String trust) {
    Properties properties = new Properties();

    PostgresTls.apply(
        address(url, new ServiceTls(new TrustedAuthorities(file), allowed)), properties);

    assertThat(properties.getProperty("sslmode")).isEqualTo(mode);
    boolean byFactory = "factory".equals(trust);
    assertThat(properties.getProperty("sslfactory"))
        .isEqualTo(byFactory ? TrustedSocketFactory.class.getName() : null);
    assertThat(properties.getProperty("sslfactoryarg")).isEqualTo(byFactory ? file : null);
    assertThat(properties.getProperty("sslrootcert")).isEqualTo(byFactory ? null : trust);
  }

  @Test
  void whoGoesToWhoeverAnswersIsReported() {
    String end = " does not verify which server answers; sslmode=verify-full does";
    assertThat(PostgresTls.warning(address("//db.example/w", ServiceTls.DEFAULT)))
        .contains("warehouse (--warehouseUrl): sslmode=require" + end);
    assertThat(
            PostgresTls.warning(
                address("//db.example/w?sslmode=verify-ca", new ServiceTls(PRIVATE, false))))
        .contains("warehouse (--warehouseUrl): sslmode=verify-ca" + end);
    String blind =
        "//db.example/w?sslmode=verify-full&sslfactory=org.postgresql.ssl.NonValidatingFactory";
    assertThat(PostgresTls.warning(address(blind, ServiceTls.DEFAULT)).orElseThrow())
        .contains("sslfactory=org.postgresql.ssl.NonValidatingFactory does not verify");
    assertThat(PostgresTls.warning(address("//db.example/w", new ServiceTls(PRIVATE, false))))
        .isEmpty();
    assertThat(PostgresTls.warning(address("//localhost/w", ServiceTls.DEFAULT))).isEmpty();
  }

  @Test
  void anSslmodeThatIsNoneIsRefused() {
    DatabaseAddress wrong = address("//db.example/w?sslmode=verify", ServiceTls.DEFAULT);
    assertThatThrownBy(() -> PostgresTls.check(wrong))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage("--warehouseUrl: its sslmode is none");
  }

  private static DatabaseAddress address(String url, ServiceTls tls) {
    return new DatabaseAddress(
        "warehouse", "warehouseUrl", "jdbc:postgresql:" + url, null, null, tls, SchemaName.PUBLIC);
  }
}

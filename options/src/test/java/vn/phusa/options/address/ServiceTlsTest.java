package vn.phusa.options.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import vn.phusa.options.InvalidOptionException;

class ServiceTlsTest {

  @Test
  void plainTextIsAllowedForTheServicesThatAreNamed() {
    PipelineOptions options = options("--allowPlainText=redis, kafka");

    assertThat(ServiceTls.of(options, "redis").allowsPlainText()).isTrue();
    assertThat(ServiceTls.of(options, "kafka").allowsPlainText()).isTrue();
    assertThat(ServiceTls.of(options, "warehouse").allowsPlainText()).isFalse();
    assertThat(ServiceTls.of(options(), "redis")).isEqualTo(ServiceTls.DEFAULT);
  }

  @Test
  void aServiceThatIsNoneIsRefused() {
    for (String wrong : new String[] {"rediss", "redis,", "all"}) {
      assertThatThrownBy(() -> ServiceTls.of(options("--allowPlainText=" + wrong), "redis"))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessage(
              "--allowPlainText: one or more of oltp,warehouse,staging,kafka,redis expected");
    }
  }

  @Test
  void anAddressTakesTheFileAlongByItsWholePath() {
    PipelineOptions options =
        options("--tlsCaFile=ca.pem", "--redisUri=rediss://h", "--allowPlainText=redis");

    assertThat(RedisAddress.of(options).orElseThrow().tls())
        .isEqualTo(
            new ServiceTls(
                new TrustedAuthorities(Path.of("ca.pem").toAbsolutePath().toString()), true));
  }

  private static PipelineOptions options(String... arguments) {
    return PipelineOptionsFactory.fromArgs(arguments).create();
  }
}

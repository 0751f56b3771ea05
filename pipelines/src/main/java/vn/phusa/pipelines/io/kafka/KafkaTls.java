package vn.phusa.pipelines.io.kafka;

import java.net.URI;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.options.address.LoopbackHost;
import vn.phusa.options.address.TrustedAuthorities;
import vn.phusa.pipelines.io.tls.Trust;

/**
 * How Kafka is spoken to. Its clients verify certificate and host name unless --kafkaProperties
 * forbids it; what that file says of whom to trust counts.
 */
public final class KafkaTls {
  private static final String OPTION = "kafkaProperties";

  private KafkaTls() {}

  /**
   * Whether a login would go in plain text, or to whoever answers.
   *
   * @throws vn.phusa.options.InvalidOptionException if so, beyond loopback and unless it is allowed
   * @throws vn.phusa.options.address.UnresolvedSecretException if a setting refers to nothing
   */
  public static void check(KafkaAddress address) {
    Map<String, Object> settings = address.resolve();
    if (!LoopbackHost.areAll(address.bootstrapServers())) {
      String protocol = protocol(settings);
      if (protocol.equals("SASL_PLAINTEXT")) {
        refuse(
            address,
            "with security.protocol=SASL_PLAINTEXT the login goes beyond loopback in plain text;"
                + " give SASL_SSL");
      }
      Object names = settings.get(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG);
      if (protocol.endsWith("SSL") && names != null && !"https".equalsIgnoreCase(text(names))) {
        refuse(
            address,
            SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG
                + " lets the clients speak to whoever answers; leave it out");
      }
    }
    checkTokens(address, settings);
  }

  /** Where an OAuth login gets its tokens, for a secret. */
  private static void checkTokens(KafkaAddress address, Map<String, Object> settings) {
    Object endpoint = settings.get(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL);
    if (endpoint != null && text(endpoint).toLowerCase(Locale.ROOT).startsWith("http:")) {
      String host = URI.create(text(endpoint)).getHost();
      if (host == null || !LoopbackHost.is(host)) {
        refuse(
            address,
            SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL
                + " sends a secret beyond loopback in plain text; give https");
      }
    }
  }

  private static void refuse(KafkaAddress address, String problem) {
    address.tls().refusePlainText("kafka", OPTION, problem);
  }

  /**
   * The clients' settings with secrets resolved and the authorities of --tlsCaFile: to be called on
   * the worker, and never to be kept, logged or shown.
   */
  public static Map<String, Object> settings(KafkaAddress address) {
    Map<String, Object> settings = address.resolve();
    TrustedAuthorities authorities = address.tls().authorities();
    if (authorities.file() != null
        && protocol(settings).endsWith("SSL")
        && trustsNobodyYet(settings)) {
      settings.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
      settings.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, pem(authorities));
    }
    return settings;
  }

  private static boolean trustsNobodyYet(Map<String, Object> settings) {
    return settings.keySet().stream()
        .noneMatch(
            name ->
                name.startsWith("ssl.truststore.")
                    || name.equals(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG));
  }

  private static String protocol(Map<String, Object> settings) {
    Object protocol = settings.get(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG);
    return protocol == null ? "PLAINTEXT" : text(protocol).toUpperCase(Locale.ROOT);
  }

  private static String text(Object value) {
    return value.toString().strip();
  }

  private static String pem(TrustedAuthorities authorities) {
    return Trust.certificates(authorities).stream()
        .map(KafkaTls::pem)
        .collect(Collectors.joining("\n"));
  }

  private static String pem(X509Certificate certificate) {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----";
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read cannot be written", e);
    }
  }
}

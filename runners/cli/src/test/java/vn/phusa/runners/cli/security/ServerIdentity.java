package vn.phusa.runners.cli.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import vn.phusa.runners.embedded.tls.IssuedCertificate;

/** The key and the certificates that a server shows, as Java, Kafka and PostgreSQL want them. */
public record ServerIdentity(KeyStore store) {
  static final String PASSWORD = "changeit";

  public static ServerIdentity of(IssuedCertificate issued) throws Exception {
    return new ServerIdentity(issued.keyStore(PASSWORD.toCharArray()));
  }

  /** One that no authority has signed. */
  public static ServerIdentity selfSigned(Path folder) throws Exception {
    Path file = folder.resolve("self-signed.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new ServerIdentity(KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray()));
  }

  SSLContext context() throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  void write(Path p12) throws Exception {
    try (var out = Files.newOutputStream(p12)) {
      store.store(out, PASSWORD.toCharArray());
    }
  }

  String chainPem() throws Exception {
    StringBuilder pem = new StringBuilder();
    for (Certificate certificate : store.getCertificateChain(alias())) {
      pem.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    return pem.toString();
  }

  String keyPem() throws Exception {
    return pem("PRIVATE KEY", store.getKey(alias(), PASSWORD.toCharArray()).getEncoded());
  }

  private String alias() throws Exception {
    return Collections.list(store.aliases()).get(0);
  }

  private static String pem(String type, byte[] content) {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(type, lines);
  }
}

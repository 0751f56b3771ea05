package vn.phusa.pipelines.io.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.options.address.TrustedAuthorities;
import vn.phusa.runners.embedded.tls.IssuedCertificate;
import vn.phusa.runners.embedded.tls.PrivateAuthority;

class HttpClientsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;
  private PrivateAuthority authority;
  private TrustedAuthorities trusted;

  @BeforeEach
  void found() throws Exception {
    authority = PrivateAuthority.create("house");
    authority.writeCertificate(folder.resolve("ca.pem"));
    trusted = new TrustedAuthorities(folder.resolve("ca.pem").toString());
  }

  @Test
  void aServerOfTheFilesAuthorityIsTrustedAndNotFollowedElsewhere() throws Exception {
    HttpsServer server = server(authority.issue("x", "127.0.0.1"));
    try {
      HttpResponse<String> answer = get(server, trusted);

      assertThat(answer.statusCode()).isEqualTo(302);
      assertThat(answer.body()).isEqualTo("elsewhere");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void othersAreRefusedAndSaidWhy() throws Exception {
    assertRefused(
        authority.issue("127.0.0.1", "shop.example"),
        "TLS failed: the server's certificate names another host");
    assertRefused(
        authority.issueValid(
            Instant.now().minusSeconds(9_000), Instant.now().minusSeconds(60), "x", "127.0.0.1"),
        "TLS failed: the server's certificate has expired");
    assertRefused(
        authority.issueValid(
            Instant.now().plusSeconds(9_000), Instant.now().plusSeconds(90_000), "x", "127.0.0.1"),
        "TLS failed: the server's certificate is not valid yet");
    assertRefused(
        PrivateAuthority.create("stranger").issue("x", "127.0.0.1"),
        "TLS failed: the server's certificate comes from no trusted authority (--tlsCaFile names a"
            + " private one)");
  }

  private void assertRefused(IssuedCertificate certificate, String line) throws Exception {
    HttpsServer server = server(certificate);
    try {
      Throwable failure = catchThrowable(() -> get(server, trusted));

      assertThat(TlsFailure.of(failure)).contains(new TlsFailure(line, false));
    } finally {
      server.stop(0);
    }
  }

  private static HttpResponse<String> get(HttpsServer server, TrustedAuthorities trusted)
      throws Exception {
    URI uri = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
    return HttpClients.of(trusted, LIMIT)
        .send(
            HttpRequest.newBuilder(uri).timeout(LIMIT).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  /** It sends whoever asks to where nothing is encrypted. */
  private static HttpsServer server(IssuedCertificate certificate) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(certificate.keyStore(PASSWORD), PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
          exchange.sendResponseHeaders(302, 9);
          exchange.getResponseBody().write("elsewhere".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    server.start();
    return server;
  }
}

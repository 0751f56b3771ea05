package vn.phusa.runners.embedded.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateAuthorityTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path folder;

  private final PrivateAuthority authority = PrivateAuthority.create("test authority");

  @Test
  void aServerAndAClientOfOneAuthorityTrustEachOther() throws Exception {
    assertThat(greeting(authority, authority, "127.0.0.1")).isEqualTo(1);
  }

  @Test
  void aClientOfAnotherAuthorityIsRefused() {
    assertThatThrownBy(() -> greeting(authority, PrivateAuthority.create("other"), "127.0.0.1"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aServerOfAnotherNameIsRefused() {
    assertThatThrownBy(() -> greeting(authority, authority, "10.1.2.3"))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void anExpiredCertificateIsExpired() {
    Instant now = Instant.now();
    var expired =
        authority.issueValid(now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1)), "old");
    assertThatThrownBy(() -> expired.certificate().checkValidity())
        .isInstanceOf(CertificateExpiredException.class);
  }

  @Test
  void filesAreForTheirOwnerOnly() throws Exception {
    Path chain = folder.resolve("chain.pem");
    Path key = folder.resolve("key.pem");
    Path store = folder.resolve("store.p12");
    Path trust = folder.resolve("trust.p12");
    var issued = authority.issue("server", "localhost");
    issued.writePem(chain, key);
    issued.writeKeyStore(store, PASSWORD);
    authority.writeTrustStore(trust, PASSWORD);

    for (Path file : new Path[] {chain, key, store, trust}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as("%s", file)
          .isEqualTo("rw-------");
    }
    assertThat(Files.readString(chain, UTF_8)).containsPattern("(?s)BEGIN CERT.*BEGIN CERT");
    assertThat(Files.readString(key, UTF_8)).startsWith("-----BEGIN PRIVATE KEY-----\n");
    KeyStore read = KeyStore.getInstance(store.toFile(), PASSWORD);
    assertThat(read.getCertificateChain("key")).hasSize(2);
    assertThat(KeyStore.getInstance(trust.toFile(), PASSWORD).size()).isEqualTo(1);
  }

  /** What the client reads from a server whose certificate is for the given address. */
  private static int greeting(PrivateAuthority servers, PrivateAuthority clients, String address)
      throws Exception {
    SSLContext server = context(servers.issue("server", address), servers);
    SSLContext client = context(clients.issue("client"), servers);
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    try (var listening =
        (SSLServerSocket) server.getServerSocketFactory().createServerSocket(0, 1, loopback)) {
      listening.setNeedClientAuth(true);
      var serving =
          CompletableFuture.runAsync(
              () -> {
                try (var socket = listening.accept()) {
                  socket.getOutputStream().write(1);
                } catch (IOException e) {
                  // The client sees the refusal.
                }
              });
      try (var socket =
          (SSLSocket) client.getSocketFactory().createSocket(loopback, listening.getLocalPort())) {
        socket.setSoTimeout(10_000);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket.getInputStream().read();
      } finally {
        serving.join();
      }
    }
  }

  private static SSLContext context(IssuedCertificate own, PrivateAuthority trusted)
      throws Exception {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own.keyStore(PASSWORD), PASSWORD);
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted.trustStore());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}

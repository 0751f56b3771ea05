package vn.phusa.runners.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.blob.BlobClient;
import vn.phusa.runners.embedded.junit.ListeningSocket;
import vn.phusa.runners.embedded.tls.PrivateAuthority;

/** Other users of this machine, who try to run code as the owner of a cluster. */
final class Strangers {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** What takes no files may say nothing at all; Flink's client would wait for five minutes. */
  private static final int FILE_MILLIS = 5_000;

  private static final int SILENCE_MILLIS = 3_000;
  private static final char[] PASSWORD = "stranger".toCharArray();
  private static final String JOB = "{\"jobGraphFileName\":\"x\",\"jobJarFileNames\":[]}";

  private final Path folder;

  /**
   * @param folder where they keep the file that they send
   */
  Strangers(Path folder) {
    this.folder = folder;
  }

  /** What a stranger would do with a port of which nothing is known. */
  void getInNowhere(List<ListeningSocket> sockets) throws Exception {
    Path jar = Files.writeString(folder.resolve("evil.jar"), "not even a jar");
    for (ListeningSocket socket : sockets) {
      assertThat(socket.isLoopback()).as(socket.toString()).isTrue();
      for (KeyManager[] keys : List.of(new KeyManager[0], keysOfAnotherAuthority())) {
        isNotGreeted(socket, keys);
        for (String scheme : List.of("http", "https")) {
          asksInVain(socket, scheme, keys, request -> request.GET(), "/overview");
          asksInVain(
              socket, scheme, keys, request -> request.POST(BodyPublishers.ofString(JOB)), "/jobs");
          asksInVain(
              socket,
              scheme,
              keys,
              request -> request.POST(BodyPublishers.ofString("PK")),
              "/jars/upload");
        }
      }
      assertThatThrownBy(() -> putsFile(socket.port(), new Configuration(), jar))
          .as("a file to %s", socket)
          .isInstanceOf(IOException.class);
    }
  }

  /** With the cluster's own configuration it works, or the attacks above would prove nothing. */
  void couldGetInWith(List<ListeningSocket> sockets, Path configuration) throws Exception {
    Path file = Files.writeString(folder.resolve("ours"), "ours");
    Configuration own = GlobalConfiguration.loadConfiguration(configuration.toString());
    int takesFiles = 0;
    for (ListeningSocket socket : sockets) {
      assertThat(greets(socket, keys(own, "internal")) || greets(socket, keys(own, "rest")))
          .as("%s asks for a certificate of the cluster", socket)
          .isTrue();
      try {
        putsFile(socket.port(), own, file);
        takesFiles++;
      } catch (IOException notForFiles) {
        assertThat(notForFiles).isNotNull();
      }
    }
    assertThat(takesFiles).as("ports that take files").isPositive();
  }

  private static boolean greets(ListeningSocket socket, KeyManager[] keys) throws Exception {
    try {
      handshake(socket, keys);
      return true;
    } catch (SocketTimeoutException silent) {
      return true; // it waits for what is said after the handshake
    } catch (IOException refused) {
      return false;
    }
  }

  private static KeyManager[] keys(Configuration configuration, String part) throws Exception {
    char[] password =
        configuration.getString("security.ssl." + part + ".keystore-password", "").toCharArray();
    File file = new File(configuration.getString("security.ssl." + part + ".keystore", ""));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(KeyStore.getInstance(file, password), password);
    return keys.getKeyManagers();
  }

  private static void putsFile(int port, Configuration configuration, Path file)
      throws IOException {
    Configuration limited = new Configuration(configuration);
    limited.set(BlobServerOptions.SO_TIMEOUT, FILE_MILLIS);
    limited.set(BlobServerOptions.CONNECT_TIMEOUT, FILE_MILLIS);
    BlobClient.uploadFiles(
        new InetSocketAddress("127.0.0.1", port),
        limited,
        new JobID(),
        List.of(new org.apache.flink.core.fs.Path(file.toUri())));
  }

  private static void isNotGreeted(ListeningSocket socket, KeyManager[] keys) throws Exception {
    assertThatThrownBy(() -> handshake(socket, keys))
        .as("a handshake with %s", socket)
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(SocketTimeoutException.class);
  }

  private static void handshake(ListeningSocket socket, KeyManager[] keys) throws Exception {
    try (SSLSocket ssl =
        (SSLSocket) trusting(keys).getSocketFactory().createSocket("127.0.0.1", socket.port())) {
      ssl.setSoTimeout((int) TIMEOUT.toMillis());
      ssl.startHandshake();
      ssl.setSoTimeout(SILENCE_MILLIS);
      // Of TLS 1.3 a server tells its refusal here.
      ssl.getInputStream().read();
    }
  }

  /** A way to ask. */
  private interface Asked {
    HttpRequest.Builder by(HttpRequest.Builder request);
  }

  private static void asksInVain(
      ListeningSocket socket, String scheme, KeyManager[] keys, Asked asked, String path)
      throws Exception {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(trusting(keys))
            .connectTimeout(TIMEOUT)
            .build();
    URI place = URI.create(scheme + "://127.0.0.1:" + socket.port() + path);
    HttpRequest request = asked.by(HttpRequest.newBuilder(place).timeout(TIMEOUT)).build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      // In plain text a REST server only says that it wants to be asked in TLS.
      assertThat(answer.statusCode())
          .as("%s of %s: %s", path, socket, answer.body())
          .isGreaterThanOrEqualTo(300);
      assertThat(answer.body()).doesNotContain("taskmanagers", "jobid");
    } catch (IOException refused) {
      assertThat(refused).isNotNull();
    }
  }

  private static KeyManager[] keysOfAnotherAuthority() throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(
        PrivateAuthority.create("phusa flink rest").issue("rest").keyStore(PASSWORD), PASSWORD);
    return keys.getKeyManagers();
  }

  private static SSLContext trusting(KeyManager[] keys) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, new TrustManager[] {new Gullible()}, null);
    return context;
  }

  /** Believes everybody, names included. */
  private static final class Gullible extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

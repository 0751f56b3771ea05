package vn.phusa.pipelines.io.marketplace.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import vn.phusa.options.address.TrustedAuthorities;
import vn.phusa.pipelines.io.marketplace.spec.Marketplace;

class TransportTest {
  private static final Duration SECONDS = Duration.ofSeconds(5);

  @Test
  void aRequestThatIsNotAnsweredIsNotSentAgain() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> serving =
          CompletableFuture.runAsync(() -> readAndHangUp(server, requests));
      Transport transport =
          new Transport(
              "x", new Marketplace.Timeouts(SECONDS, SECONDS, SECONDS), TrustedAuthorities.OF_JDK);
      HttpCall call =
          new HttpCall(
              "GET", "http://127.0.0.1:" + server.getLocalPort(), "/x", List.of(), Map.of(), null);
      for (int sent = 1; sent <= 3; sent++) {
        assertThatThrownBy(() -> transport.send(call)).isInstanceOf(IOException.class);
        assertThat(requests).hasValue(sent);
      }
      server.close();
      serving.join();
    }
  }

  private static void readAndHangUp(ServerSocket server, AtomicInteger requests) {
    try {
      while (true) {
        try (Socket socket = server.accept()) {
          socket.getInputStream().read(new byte[10_000]);
          requests.incrementAndGet();
        }
      }
    } catch (IOException e) {
      // The test is over.
      return;
    }
  }
}

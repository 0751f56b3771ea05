package vn.phusa.runners.cli.security;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.blob.BlobClient;
import org.apache.kafka.clients.admin.Admin;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import vn.phusa.pipelines.io.kafka.LimitedAdmin;
import vn.phusa.runners.embedded.junit.ListeningSocket;

/** Another user of this machine, without a password, who tries every port in every way. */
final class Uninvited {
  private static final int MILLIS = 3_000;
  private static final Duration TIMEOUT = Duration.ofMillis(MILLIS);

  /** Some marketplaces say so with the code of success. */
  private static final Pattern REFUSAL = Pattern.compile("\"(error|code)\"\\s*:\\s*\"(?!0?\")");

  private Uninvited() {}

  /** One way to get in; it fails where there is none. */
  private interface Way {
    void take(int port) throws Exception;
  }

  private static final Map<String, Way> WAYS =
      Map.of(
          "PostgreSQL", Uninvited::postgres,
          "Redis", Uninvited::redis,
          "Kafka", Uninvited::kafka,
          "MongoDB", Uninvited::mongo,
          "HTTP", Uninvited::http,
          "Flink's files", Uninvited::blob);

  /** The ports, and in which way they let in whoever comes. */
  static List<String> letInBy(Collection<ListeningSocket> sockets) throws Exception {
    List<Callable<Optional<String>>> tries = new ArrayList<>();
    for (ListeningSocket socket : sockets) {
      WAYS.forEach((name, way) -> tries.add(() -> letIn(name, way, socket)));
    }
    // A refusal takes a client's whole timeout, so all of them are waited for at once.
    ExecutorService tasks = Executors.newFixedThreadPool(tries.size());
    try {
      List<String> open = new ArrayList<>();
      for (Future<Optional<String>> result : tasks.invokeAll(tries, 2, TimeUnit.MINUTES)) {
        result.get().ifPresent(open::add);
      }
      return open;
    } finally {
      tasks.shutdownNow();
    }
  }

  private static Optional<String> letIn(String name, Way way, ListeningSocket socket)
      throws Exception {
    try {
      way.take(socket.port());
      return Optional.of(name + " " + socket);
    } catch (IOException
        | SQLException
        | JedisException
        | MongoException
        | ExecutionException
        | TimeoutException refused) {
      return Optional.empty();
    }
  }

  private static void postgres(int port) throws SQLException {
    String timeouts = "?connectTimeout=3&loginTimeout=3&socketTimeout=3";
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres" + timeouts;
    DriverManager.getConnection(url, "postgres", "postgres").close();
  }

  private static void redis(int port) {
    try (Jedis redis = new Jedis("127.0.0.1", port, MILLIS)) {
      redis.keys("*");
    }
  }

  private static void kafka(int port) throws Exception {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", "127.0.0.1:" + port,
            "request.timeout.ms", MILLIS,
            "default.api.timeout.ms", MILLIS);
    try (Admin admin = LimitedAdmin.of(settings)) {
      admin.listTopics().names().get(MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private static void mongo(int port) {
    String timeouts = "serverSelectionTimeoutMS=" + MILLIS + "&socketTimeoutMS=" + MILLIS;
    String address = "mongodb://127.0.0.1:" + port + "/?" + timeouts;
    try (MongoClient client = MongoClients.create(address)) {
      client.listDatabaseNames().first();
    }
  }

  /** A marketplace answers, but tells a stranger nothing. */
  private static void http(int port) throws Exception {
    HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    for (String path : List.of("/", "/overview", "/jobs", "/jars")) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .timeout(TIMEOUT)
              .build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() < 400 && !REFUSAL.matcher(answer.body()).find()) {
        return;
      }
    }
    throw new IOException("nothing was shown");
  }

  private static void blob(int port) throws IOException {
    Path file = Files.createTempFile("uninvited", ".jar");
    try {
      Configuration plain = new Configuration();
      plain.setString("blob.client.socket.timeout", Integer.toString(MILLIS));
      plain.setString("blob.client.connect.timeout", Integer.toString(MILLIS));
      BlobClient.uploadFiles(
          new InetSocketAddress("127.0.0.1", port),
          plain,
          new JobID(),
          List.of(new org.apache.flink.core.fs.Path(file.toUri())));
    } finally {
      Files.delete(file);
    }
  }
}

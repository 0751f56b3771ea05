package vn.phusa.runners.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.runners.embedded.home.BinaryCache;
import vn.phusa.runners.embedded.home.EmbeddedServiceException;
import vn.phusa.runners.embedded.home.Loopback;
import vn.phusa.runners.embedded.home.PrivateFiles;
import vn.phusa.runners.embedded.login.SecretFile;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.embedded.process.FolderProcesses;
import vn.phusa.runners.embedded.process.ProgramRun;
import vn.phusa.runners.embedded.process.ServiceWatch;

/**
 * A real Redis server, with an append-only file and a generated password. Got from {@link
 * EmbeddedServices#redis()}.
 */
public final class EmbeddedRedis implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);
  private static final Duration LIMIT = Deadline.scaled(Duration.ofMinutes(2));
  private static final int SOCKET_MILLIS = 2_000;

  /** Of the program in org.signal's embedded-redis. */
  private static final String VERSION = "7.0.15";

  private final Path program;
  private final Path configuration;
  private final FolderProcesses processes;
  private final Path passwordFile;
  private final String password;
  private final int port;

  private EmbeddedRedis(
      Path program, Path configuration, Path data, Path passwordFile, String password, int port) {
    this.program = program;
    this.configuration = configuration;
    this.processes = new FolderProcesses("redis-server", data);
    this.passwordFile = passwordFile;
    this.password = password;
    this.port = port;
  }

  static EmbeddedRedis start(Path home, boolean durable) throws IOException {
    Path folder = PrivateFiles.folder(home.resolve("redis")).toRealPath();
    Path data = PrivateFiles.folder(folder.resolve("data"));
    Path passwordFile = home.resolve("secrets/redis.password");
    String password = SecretFile.password(passwordFile);
    Path program =
        BinaryCache.forHome(home)
            .get(0)
            .folder("redis", resource(), EmbeddedRedis::unpack)
            .resolve("redis-server");
    new FolderProcesses("redis-server", data).stop(LIMIT);
    int port = Loopback.freePort(home.resolve("redis.port"));
    Path configuration = folder.resolve("redis.conf");
    SecretFile.write(configuration, configuration(data, folder, password, port, durable));
    EmbeddedRedis redis =
        new EmbeddedRedis(program, configuration, data, passwordFile, password, port);
    redis.launch();
    LOG.info("Redis runs on {}:{}, data in {}", Loopback.HOST, port, data);
    return redis;
  }

  /** Kills what runs under the home, whose data are not to be kept. */
  static void killLeftBehind(Path home) {
    new FolderProcesses("redis-server", home.resolve("redis/data")).kill(LIMIT);
  }

  /**
   * The address with the password: {@code redis://:password@127.0.0.1:port/0}; never to be logged.
   */
  public String uri() {
    return "redis://:" + password + "@" + Loopback.HOST + ":" + port + "/0";
  }

  /** The address without the password. */
  public String address() {
    return "redis://" + Loopback.HOST + ":" + port + "/0";
  }

  /** The password; never to be logged. */
  public String password() {
    return password;
  }

  /** The file with the password, readable by its owner alone. */
  public Path passwordFile() {
    return passwordFile;
  }

  /** The TCP port on 127.0.0.1; the same after {@link #restart()}. */
  public int port() {
    return port;
  }

  /** Ends the server with SIGKILL, as a crash would. */
  public synchronized void kill() {
    processes.kill(LIMIT);
  }

  /**
   * Starts it again on the same port, after {@link #kill()} or, cleanly stopped first, as it runs.
   */
  public synchronized void restart() {
    close();
    try {
      launch();
    } catch (IOException e) {
      throw new EmbeddedServiceException("Redis cannot be restarted: " + e.getMessage(), e);
    }
  }

  /** Stops the server cleanly; the data stay. Harmless when it does not run. */
  @Override
  public synchronized void close() {
    processes.stop(LIMIT);
  }

  private void launch() throws IOException {
    List<String> line = new ArrayList<>(PrivateFiles.umask());
    line.addAll(List.of(program.toString(), configuration.toString()));
    boolean started = false;
    try {
      started =
          ProgramRun.run(LIMIT, Map.of(), line).isSuccess() && Deadline.await(LIMIT, this::answers);
    } finally {
      if (!started) {
        processes.kill(LIMIT);
      }
    }
    if (!started) {
      Path log = configuration.resolveSibling("redis.log");
      throw new EmbeddedServiceException(
          "Redis did not start: " + ServiceWatch.reason(log).orElse(log + " says why"));
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(Loopback.address(), port), SOCKET_MILLIS);
      socket.setSoTimeout(SOCKET_MILLIS);
      String commands = "AUTH " + password + "\r\nPING\r\n";
      socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
      String expected = "+OK\r\n+PONG\r\n";
      byte[] answer = socket.getInputStream().readNBytes(expected.length());
      return new String(answer, StandardCharsets.US_ASCII).equals(expected);
    } catch (IOException notYet) {
      return false;
    }
  }

  private static String configuration(
      Path data, Path folder, String password, int port, boolean durable) {
    return String.join(
        "\n",
        "bind " + Loopback.HOST,
        "port " + port,
        "requirepass " + password,
        // Without a limit whoever connects, login or not, fills the memory by reading no answer.
        "client-output-buffer-limit normal 256mb 64mb 60",
        "dir \"" + data + '"',
        "logfile \"" + folder.resolve("redis.log") + '"',
        "pidfile \"" + folder.resolve("redis.pid") + '"',
        "appendonly yes",
        "appendfsync " + (durable ? "everysec" : "no"),
        "save \"\"",
        // A session of its own: Ctrl-C in the terminal reaches only the Java process, which stops
        // it in order.
        "daemonize yes",
        "set-proc-title no",
        "");
  }

  /** The program on the class path for this system. */
  private static String resource() {
    String machine = System.getProperty("os.arch").replace("aarch64", "arm64");
    if (!System.getProperty("os.name").equals("Linux") || !machine.matches("amd64|arm64")) {
      throw new EmbeddedServiceException("There is no embedded Redis for this system");
    }
    return "redis-server-" + VERSION + "-linux-" + machine;
  }

  private static void unpack(InputStream packed, Path folder) throws IOException {
    Path file = folder.resolve("redis-server");
    Files.copy(packed, file);
    if (!file.toFile().setExecutable(true, false)) {
      throw new IOException(file + " cannot be made executable");
    }
  }
}

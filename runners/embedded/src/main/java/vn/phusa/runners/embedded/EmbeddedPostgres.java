package vn.phusa.runners.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.runners.embedded.home.BinaryCache;
import vn.phusa.runners.embedded.home.EmbeddedServiceException;
import vn.phusa.runners.embedded.home.Loopback;
import vn.phusa.runners.embedded.home.PrivateFiles;
import vn.phusa.runners.embedded.home.ProcessUser;
import vn.phusa.runners.embedded.login.SecretFile;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.embedded.process.FolderProcesses;
import vn.phusa.runners.embedded.process.UnprivilegedLaunch;

/**
 * A PostgreSQL server of its own, with logical replication, on the loopback address. Every
 * connection needs the password that was generated when the data folder was made. Got from {@link
 * EmbeddedServices#postgres()}.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final String USER = "phusa";
  private static final Duration KILL = Deadline.scaled(Duration.ofSeconds(20));
  private static final int PORT_ATTEMPTS = 3;

  private final PostgresCluster cluster;
  private final Path passwordFile;
  private final String password;
  private final List<String> settings;
  private int port;

  private EmbeddedPostgres(
      PostgresCluster cluster, Path passwordFile, String password, List<String> settings) {
    this.cluster = cluster;
    this.passwordFile = passwordFile;
    this.password = password;
    this.settings = settings;
  }

  /**
   * Starts the server under the home, whose lock the caller has; one that was left behind is
   * stopped first.
   */
  static EmbeddedPostgres start(Path home, boolean durable) throws IOException {
    return start(home, durable, BinaryCache.forHome(home), UnprivilegedLaunch.FOR_ROOT);
  }

  static EmbeddedPostgres start(
      Path home, boolean durable, List<BinaryCache> caches, List<UnprivilegedLaunch> forRoot)
      throws IOException {
    Path folder = PrivateFiles.folder(home.resolve("postgres")).toRealPath();
    PostgresCluster cluster = cluster(home, folder, caches, UnprivilegedLaunch.ways(forRoot));
    if (cluster.isRunning()) {
      LOG.info("A PostgreSQL server was left behind in {}: stopping it", folder);
      cluster.stop();
    }
    Path passwordFile = home.resolve("secrets/postgres.password");
    if (cluster.exists() && !Files.exists(passwordFile)) {
      throw new EmbeddedServiceException(
          "The password of the PostgreSQL data in " + folder + " is missing: " + passwordFile);
    }
    String password = SecretFile.password(passwordFile);
    cluster.createIfAbsent(USER, password, durable);
    EmbeddedPostgres postgres =
        new EmbeddedPostgres(cluster, passwordFile, password, PostgresSettings.of(durable));
    postgres.startOnFreePort(home.resolve("postgres.port"));
    LOG.info("PostgreSQL runs on {}:{}, data in {}", Loopback.HOST, postgres.port, folder);
    return postgres;
  }

  /** The first way of starting, with the first place for the programs, that works. */
  private static PostgresCluster cluster(
      Path home, Path folder, List<BinaryCache> caches, List<UnprivilegedLaunch> ways)
      throws IOException {
    for (UnprivilegedLaunch way : ways) {
      way.admit(home);
      way.admit(folder);
      if (!way.reaches(folder)) {
        continue;
      }
      for (BinaryCache cache : caches) {
        Path binaries = cache.folder("postgres", "postgres-" + platform() + ".txz", TarXz::unpack);
        if (binaries.startsWith(home)) {
          way.admit(binaries.getParent());
        }
        if (way.runs(binaries)) {
          return new PostgresCluster(binaries, way, folder);
        }
      }
    }
    throw new EmbeddedServiceException(
        ProcessUser.isRoot()
            ? "PostgreSQL does not run as root, and neither unshare -U, setpriv nor runuser gives up"
                + " root here with "
                + folder
                + " still in reach: start as an ordinary user, or give a --home below folders that"
                + " everybody may enter"
            : "PostgreSQL's programs cannot be run: is the file system of "
                + folder
                + " mounted noexec, or the C library not glibc?");
  }

  /** Whether a server ever ran under the home. */
  static boolean hasData(Path home) {
    return Files.exists(home.resolve("postgres/data"));
  }

  /** Kills what runs under the home, whose data are not to be kept. */
  static void killLeftBehind(Path home) {
    new FolderProcesses("postgres", home.resolve("postgres/data")).kill(KILL);
  }

  /** The URL of a database, without user and password. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://" + Loopback.HOST + ":" + port + "/" + database;
  }

  /** The superuser's name. */
  public String user() {
    return USER;
  }

  /** The superuser's password; never to be logged. */
  public String password() {
    return password;
  }

  /**
   * The file with the password, readable by its owner alone: what a secret reference can point at.
   */
  public Path passwordFile() {
    return passwordFile;
  }

  /** The TCP port on 127.0.0.1; the same after {@link #restart()}. */
  public int port() {
    return port;
  }

  /**
   * A new connection to a database; the caller closes it.
   *
   * @throws SQLException when there is no such database or the server does not run
   */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), USER, password);
  }

  /**
   * Creates a database unless it is there.
   *
   * @return the database's URL
   */
  public String createDatabase(String name) throws SQLException {
    try (Connection connection = connect("postgres");
        PreparedStatement find =
            connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
      find.setString(1, name);
      if (!find.executeQuery().next()) {
        execute(connection, "CREATE DATABASE " + quoted(name));
      }
    }
    return jdbcUrl(name);
  }

  /**
   * Drops a database if it is there, ending the sessions that use it, and its replication slots.
   */
  public void dropDatabase(String name) throws SQLException {
    try (Connection connection = connect("postgres")) {
      try (PreparedStatement slots =
          connection.prepareStatement(
              "SELECT pg_terminate_backend(active_pid, 10000) FROM pg_replication_slots"
                  + " WHERE database = ? AND active_pid IS NOT NULL")) {
        slots.setString(1, name);
        slots.execute();
      }
      try (PreparedStatement slots =
          connection.prepareStatement(
              "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                  + " WHERE database = ?")) {
        slots.setString(1, name);
        slots.execute();
      }
      execute(connection, "DROP DATABASE IF EXISTS " + quoted(name) + " WITH (FORCE)");
    }
  }

  /** Whether the server's processes are there. */
  public boolean isRunning() {
    return cluster.isRunning();
  }

  /**
   * Ends the server and its children with SIGKILL, as a crash would; {@link #restart()} recovers.
   */
  public synchronized void kill() {
    cluster.kill();
  }

  /**
   * Starts it again on the same port, after {@link #kill()} or {@link #close()} or, cleanly stopped
   * first, as it runs.
   */
  public synchronized void restart() {
    try {
      cluster.stop();
      if (!cluster.start(onPort(port))) {
        throw new EmbeddedServiceException("PostgreSQL did not start: " + cluster.lastLog());
      }
    } catch (IOException e) {
      throw new EmbeddedServiceException("PostgreSQL cannot be restarted: " + e.getMessage(), e);
    }
  }

  /** Stops the server cleanly; the data stay. Harmless when it does not run. */
  @Override
  public synchronized void close() {
    try {
      cluster.stop();
    } catch (IOException e) {
      throw new EmbeddedServiceException("PostgreSQL cannot be stopped: " + e.getMessage(), e);
    }
  }

  private void startOnFreePort(Path memory) throws IOException {
    for (int attempt = 1; attempt <= PORT_ATTEMPTS; attempt++) {
      port = Loopback.freePort(memory);
      if (cluster.start(onPort(port))) {
        return;
      }
      if (!cluster.lastLog().contains("Address already in use")) {
        break; // only a port that was taken since is worth another attempt
      }
    }
    throw new EmbeddedServiceException("PostgreSQL did not start: " + cluster.lastLog());
  }

  private List<String> onPort(int number) {
    List<String> all = new ArrayList<>(settings);
    all.add("-c port=" + number);
    return all;
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return system
        + "-"
        + (machine.equals("amd64") ? "x86_64" : machine.replace("aarch64", "arm_64"));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}

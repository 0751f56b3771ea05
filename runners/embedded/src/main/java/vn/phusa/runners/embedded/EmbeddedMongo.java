package vn.phusa.runners.embedded;

import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.runners.embedded.home.EmbeddedServiceException;
import vn.phusa.runners.embedded.home.Loopback;
import vn.phusa.runners.embedded.home.PrivateFiles;
import vn.phusa.runners.embedded.login.ScramLogin;
import vn.phusa.runners.embedded.login.SecretFile;

/**
 * A server in this process that speaks MongoDB's protocol and keeps its documents in one file. It
 * knows one user, with a generated password, and no transactions, sessions or change streams. Got
 * from {@link EmbeddedServices#mongo()}.
 */
public final class EmbeddedMongo implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMongo.class);

  private final MongoServer server;
  private final Path passwordFile;
  private final String password;
  private final int port;
  private boolean closed;

  private EmbeddedMongo(MongoServer server, Path passwordFile, String password, int port) {
    this.server = server;
    this.passwordFile = passwordFile;
    this.password = password;
    this.port = port;
  }

  static EmbeddedMongo start(Path home) throws IOException {
    Path file = file(home);
    Path passwordFile = home.resolve("secrets/mongo.password");
    String password = SecretFile.password(passwordFile);
    int port = Loopback.freePort(home.resolve("mongo.port"));
    MongoDocuments backend;
    try {
      backend = MongoDocuments.open(PrivateFiles.file(file), ScramLogin.of(password));
    } catch (MVStoreException e) {
      throw new EmbeddedServiceException(
          "The documents in " + file + " cannot be opened: " + e.getMessage(), e);
    }
    MongoServer server = new MongoServer(backend);
    try {
      server.bind(new InetSocketAddress(Loopback.address(), port));
    } catch (RuntimeException e) {
      server.shutdownNow();
      throw new EmbeddedServiceException("The MongoDB server cannot listen on port " + port, e);
    }
    LOG.info("A MongoDB server runs on {}:{}, data in {}", Loopback.HOST, port, file);
    return new EmbeddedMongo(server, passwordFile, password, port);
  }

  /** Whether documents were ever kept under the home. */
  static boolean hasData(Path home) {
    return Files.exists(file(home));
  }

  private static Path file(Path home) {
    return home.resolve("mongo/data.mv");
  }

  /**
   * The connection string with user and password, {@code mongodb://user:password@127.0.0.1:port};
   * never to be logged.
   */
  public String uri() {
    return "mongodb://" + user() + ":" + password + "@" + Loopback.HOST + ":" + port;
  }

  /** The connection string without user and password. */
  public String address() {
    return "mongodb://" + Loopback.HOST + ":" + port;
  }

  /** The user's name. */
  public String user() {
    return ScramLogin.USER;
  }

  /** The file with the password, readable by its owner alone. */
  public Path passwordFile() {
    return passwordFile;
  }

  /** The TCP port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** Stops the server and closes its file; the data stay. Harmless the second time. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      server.shutdownNow();
    }
  }
}

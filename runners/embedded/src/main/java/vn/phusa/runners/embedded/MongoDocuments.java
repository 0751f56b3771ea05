package vn.phusa.runners.embedded;

import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import vn.phusa.runners.embedded.login.MongoLogin;
import vn.phusa.runners.embedded.login.ScramLogin;

/**
 * The documents of the embedded MongoDB server, which knows no users itself: a connection that has
 * not logged in yet learns what server this is, and nothing else.
 */
final class MongoDocuments extends H2Backend {
  private static final AttributeKey<MongoLogin> LOGIN = AttributeKey.valueOf(MongoLogin.class, "");
  private static final String SCRAM_ASKED = "saslSupportedMechs";
  private static final int UNAUTHORIZED = 13;

  private final ScramLogin user;

  private MongoDocuments(MVStore store, ScramLogin user) {
    super(store);
    this.user = user;
  }

  /**
   * Opens the file.
   *
   * @throws org.h2.mvstore.MVStoreException if it cannot be opened, or holds what is no document
   */
  static MongoDocuments open(Path file, ScramLogin user) {
    MVStore store = MVStore.open(file.toString());
    try {
      for (String name : store.getMapNames()) {
        // A map that is open is not opened again: those of the file are all read with the list of
        // what is allowed, and those that are made from now on hold only what we put there.
        store.openMap(
            name,
            new MVMap.Builder<>().keyType(new AllowListedType()).valueType(new AllowListedType()));
      }
      return new MongoDocuments(store, user);
    } catch (RuntimeException e) {
      store.closeImmediately();
      throw e;
    }
  }

  @Override
  public Document handleMessage(MongoMessage message) {
    Document query = message.getDocument();
    String command = query.keySet().iterator().next();
    MongoLogin login = login(message.getChannel());
    switch (command) {
      case "saslStart":
        return login.start(query, user);
      case "saslContinue":
        return login.proceed(query);
      default:
        return login.isDone() || isOpen(command)
            ? super.handleMessage(message)
            : MongoLogin.refusal(UNAUTHORIZED, "Unauthorized", "a command requires authentication");
    }
  }

  @Override
  public Document handleCommand(Channel channel, String database, String command, Document query) {
    requireLogin(channel, command);
    Document answer = super.handleCommand(channel, database, command, query);
    if (query.containsKey(SCRAM_ASKED)) {
      answer.put(SCRAM_ASKED, List.of(ScramLogin.MECHANISM));
    }
    return answer;
  }

  @Override
  public QueryResult handleQuery(MongoQuery query) {
    requireLogin(query.getChannel(), "a query");
    return super.handleQuery(query);
  }

  @Override
  public Collection<Document> getCurrentOperations(MongoQuery query) {
    requireLogin(query.getChannel(), "a query");
    return super.getCurrentOperations(query);
  }

  private static void requireLogin(Channel channel, String command) {
    if (!login(channel).isDone() && !isOpen(command)) {
      throw new MongoServerError(UNAUTHORIZED, "Unauthorized", "a command requires authentication");
    }
  }

  /** What a driver asks before it logs in. */
  private static boolean isOpen(String command) {
    return command.equalsIgnoreCase("ismaster")
        || command.equalsIgnoreCase("hello")
        || command.equalsIgnoreCase("ping")
        || command.equalsIgnoreCase("buildinfo");
  }

  private static MongoLogin login(Channel channel) {
    var attribute = channel.attr(LOGIN);
    MongoLogin login = attribute.get();
    if (login == null) {
      login = new MongoLogin();
      attribute.set(login);
    }
    return login;
  }
}

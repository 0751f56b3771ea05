package vn.phusa.runners.embedded.login;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;
import org.apache.kafka.common.security.scram.internals.ScramSaslServer;

/** The login of one connection by MongoDB's commands. Used by the connection's own thread. */
public final class MongoLogin {
  private static final int AUTHENTICATION_FAILED = 18;

  /** Null as long as nobody began to log in, and after a login that failed. */
  private SaslServer conversation;

  private boolean done;

  /** Whether the connection is the user's. */
  public boolean isDone() {
    return done;
  }

  /** Answers saslStart. */
  public Document start(Document command, ScramLogin user) {
    done = false;
    if (!ScramLogin.MECHANISM.equals(command.get("mechanism"))) {
      return failed();
    }
    try {
      conversation = new ScramSaslServer(ScramMechanism.SCRAM_SHA_256, Map.of(), user);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java platform has HmacSHA256
    }
    return proceed(command);
  }

  /** Answers saslContinue. */
  public Document proceed(Document command) {
    if (done || conversation == null || !(command.get("payload") instanceof BinData payload)) {
      return failed();
    }
    try {
      byte[] challenge = conversation.evaluateResponse(payload.getData());
      done = conversation.isComplete();
      return new Document("conversationId", 1)
          .append("done", done)
          .append("payload", new BinData(challenge))
          .append("ok", 1.0);
    } catch (SaslException | RuntimeException refused) {
      // Also what a stranger's bytes may lead to: he is not let in, whatever they are.
      return failed();
    }
  }

  /** An answer that a driver takes for the server's refusal. */
  public static Document refusal(int code, String name, String message) {
    return new Document("ok", 0.0)
        .append("errmsg", message)
        .append("code", code)
        .append("codeName", name);
  }

  private Document failed() {
    done = false;
    conversation = null;
    return refusal(AUTHENTICATION_FAILED, "AuthenticationFailed", "Authentication failed.");
  }
}

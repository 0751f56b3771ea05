package vn.phusa.runners.embedded;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ObjectDataType;

/**
 * The documents of the embedded MongoDB server in its file: H2's own format, which serializes what
 * it does not know by Java's means, but read with the classes of documents alone. Whoever puts a
 * file there else has his code run by the classes that are on our class path.
 */
final class AllowListedType extends ObjectDataType {
  /** As H2 tags them. */
  private static final int SERIALIZED = 19;

  private static final int ARRAY = 14;
  private static final int OF_BYTES = 1;

  private static final ObjectInputFilter DOCUMENTS =
      ObjectInputFilter.Config.createFilter(
          String.join(
              ";",
              "maxdepth=1000",
              "de.bwaldvogel.mongo.bson.*",
              "de.bwaldvogel.mongo.backend.KeyValue",
              "de.bwaldvogel.mongo.backend.Missing",
              "java.lang.Boolean",
              "java.lang.Double",
              "java.lang.Enum",
              "java.lang.Float",
              "java.lang.Integer",
              "java.lang.Long",
              "java.lang.Number",
              "java.lang.Object",
              "java.lang.String",
              "java.time.Instant",
              "java.time.Ser",
              "java.util.ArrayList",
              "java.util.Arrays$ArrayList",
              "java.util.CollSer",
              "java.util.Collections$EmptyList",
              "java.util.Collections$SingletonList",
              "java.util.HashMap",
              "java.util.HashSet",
              "java.util.LinkedHashMap",
              "java.util.LinkedHashSet",
              "java.util.Map$Entry",
              "java.util.UUID",
              "!*"));

  @Override
  public Object read(ByteBuffer buffer) {
    int tag = buffer.get(buffer.position());
    if (tag == ARRAY && buffer.get(buffer.position() + 1) != OF_BYTES) {
      // Its elements would be read by H2 itself; a document's lists are no arrays.
      throw refused("an array of objects", null);
    }
    if (tag != SERIALIZED) {
      return super.read(buffer);
    }
    buffer.get();
    int length = DataUtils.readVarInt(buffer);
    if (length < 0 || length > buffer.remaining()) {
      throw refused("a wrong length", null);
    }
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    AtomicReference<String> stranger = new AtomicReference<>();
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      in.setObjectInputFilter(
          asked -> {
            ObjectInputFilter.Status status = DOCUMENTS.checkInput(asked);
            if (status == ObjectInputFilter.Status.REJECTED && asked.serialClass() != null) {
              stranger.set(asked.serialClass().getName());
            }
            return status;
          });
      return in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw refused(stranger.get() == null ? e.getMessage() : stranger.get(), e);
    }
  }

  private static MVStoreException refused(String what, Exception cause) {
    return DataUtils.newMVStoreException(
        DataUtils.ERROR_SERIALIZATION, "The file holds what is no document: {0}", what, cause);
  }
}

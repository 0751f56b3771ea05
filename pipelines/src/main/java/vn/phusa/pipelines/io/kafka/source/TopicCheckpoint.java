package vn.phusa.pipelines.io.kafka.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.util.VarInt;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How far a reader is: of each partition the offset that comes next and the timestamp of the
 * element before. Final once the runner has everything that was read up to it.
 */
final class TopicCheckpoint implements UnboundedSource.CheckpointMark {

  private final Map<Integer, Place> places;
  private final @Nullable CheckpointCommits commits;

  /**
   * Where reading goes on in a partition.
   *
   * @param offset what comes next
   * @param clockMillis the timestamp of the last element; no later one is earlier
   */
  record Place(long offset, long clockMillis) {}

  /**
   * @param commits who is told when the mark is final; null for a mark that was stored
   */
  TopicCheckpoint(Map<Integer, Place> places, @Nullable CheckpointCommits commits) {
    this.places = Map.copyOf(places);
    this.commits = commits;
  }

  Map<Integer, Place> places() {
    return places;
  }

  @Override
  public void finalizeCheckpoint() {
    if (commits != null) {
      commits.finalized(places);
    }
  }

  /** Stores marks; who commits is not stored. */
  static final class MarkCoder extends CustomCoder<TopicCheckpoint> {
    private static final long serialVersionUID = 1L;
    static final MarkCoder INSTANCE = new MarkCoder();

    private MarkCoder() {}

    @Override
    public void encode(TopicCheckpoint mark, OutputStream out) throws IOException {
      VarInt.encode(mark.places.size(), out);
      for (Map.Entry<Integer, Place> place : mark.places.entrySet()) {
        VarInt.encode(place.getKey(), out);
        VarInt.encode(place.getValue().offset(), out);
        VarInt.encode(place.getValue().clockMillis(), out);
      }
    }

    @Override
    public TopicCheckpoint decode(InputStream in) throws IOException {
      Map<Integer, Place> places = new HashMap<>();
      int count = VarInt.decodeInt(in);
      for (int i = 0; i < count; i++) {
        int partition = VarInt.decodeInt(in);
        places.put(partition, new Place(VarInt.decodeLong(in), VarInt.decodeLong(in)));
      }
      return new TopicCheckpoint(places, null);
    }
  }
}

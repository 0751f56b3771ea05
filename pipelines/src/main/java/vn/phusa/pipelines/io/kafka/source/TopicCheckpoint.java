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

  private final Map<Integer, Position> positions;
  private final @Nullable CheckpointCommits commits;

  /**
   * Where reading continues in a partition.
   *
   * @param offset what comes next
   * @param clockMillis the timestamp of the last element; no later one is earlier
   */
  record Position(long offset, long clockMillis) {}

  /**
   * @param commits what is called when the mark is final; null for a mark that was stored
   */
  TopicCheckpoint(Map<Integer, Position> positions, @Nullable CheckpointCommits commits) {
    this.positions = Map.copyOf(positions);
    this.commits = commits;
  }

  Map<Integer, Position> positions() {
    return positions;
  }

  @Override
  public void finalizeCheckpoint() {
    if (commits != null) {
      commits.finalized(positions);
    }
  }

  /** Stores marks; who commits is not stored. */
  static final class MarkCoder extends CustomCoder<TopicCheckpoint> {
    private static final long serialVersionUID = 1L;
    static final MarkCoder INSTANCE = new MarkCoder();

    private MarkCoder() {}

    @Override
    public void encode(TopicCheckpoint mark, OutputStream out) throws IOException {
      VarInt.encode(mark.positions.size(), out);
      for (Map.Entry<Integer, Position> position : mark.positions.entrySet()) {
        VarInt.encode(position.getKey(), out);
        VarInt.encode(position.getValue().offset(), out);
        VarInt.encode(position.getValue().clockMillis(), out);
      }
    }

    @Override
    public TopicCheckpoint decode(InputStream in) throws IOException {
      Map<Integer, Position> positions = new HashMap<>();
      int count = VarInt.decodeInt(in);
      for (int i = 0; i < count; i++) {
        int partition = VarInt.decodeInt(in);
        positions.put(partition, new Position(VarInt.decodeLong(in), VarInt.decodeLong(in)));
      }
      return new TopicCheckpoint(positions, null);
    }
  }
}

package vn.phusa.transforms.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.util.VarInt;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Encodes a {@link TopicRecord}; a null key or value stays apart from an empty one. */
public final class TopicRecordCoder extends CustomCoder<TopicRecord> {

  private static final long serialVersionUID = 1L;
  private static final TopicRecordCoder INSTANCE = new TopicRecordCoder();
  private static final NullableCoder<byte[]> BYTES = NullableCoder.of(ByteArrayCoder.of());

  private TopicRecordCoder() {}

  public static TopicRecordCoder of() {
    return INSTANCE;
  }

  /** What {@link org.apache.beam.sdk.coders.DefaultCoder} asks for. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(TopicRecord.class), INSTANCE);
  }

  @Override
  public void encode(TopicRecord record, OutputStream out) throws IOException {
    StringUtf8Coder.of().encode(record.getTopic(), out);
    VarInt.encode(record.getPartition(), out);
    VarInt.encode(record.getOffset(), out);
    VarInt.encode(record.getTimestampMicros(), out);
    BYTES.encode(record.getKey(), out);
    BYTES.encode(record.getValue(), out);
  }

  @Override
  public TopicRecord decode(InputStream in) throws IOException {
    return TopicRecord.create(
        StringUtf8Coder.of().decode(in),
        VarInt.decodeInt(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        BYTES.decode(in),
        BYTES.decode(in));
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}

package vn.phusa.transforms.scd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;

/**
 * Encodes a {@link DimensionChange}; a schema's coder would not do, since it has no nulls among a
 * list's elements. Deterministic.
 */
public final class DimensionChangeCoder extends CustomCoder<DimensionChange> {
  private static final long serialVersionUID = 1L;
  private static final DimensionChangeCoder INSTANCE = new DimensionChangeCoder();

  private static final Coder<String> TEXT = StringUtf8Coder.of();
  private static final Coder<List<@Nullable String>> TEXTS =
      ListCoder.of(NullableCoder.of(StringUtf8Coder.of()));
  private static final Coder<Long> LONG = VarLongCoder.of();
  private static final Coder<@Nullable Long> NULLABLE_LONG = NullableCoder.of(VarLongCoder.of());
  private static final Coder<Integer> INT = VarIntCoder.of();

  private DimensionChangeCoder() {}

  public static DimensionChangeCoder of() {
    return INSTANCE;
  }

  /** What {@link DefaultCoder} asks for. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(DimensionChange.class), INSTANCE);
  }

  @Override
  public void encode(DimensionChange keyed, OutputStream out) throws IOException {
    Change change = keyed.getChange();
    ChangeStamp stamp = change.getStamp();
    TEXT.encode(keyed.getKey(), out);
    TEXT.encode(keyed.getSource(), out);
    TEXT.encode(keyed.getPosition(), out);
    LONG.encode(stamp.getModifiedMicros(), out);
    LONG.encode(stamp.getOrderedMicros(), out);
    NULLABLE_LONG.encode(stamp.getCommitLsn(), out);
    INT.encode(stamp.getCommitIndex(), out);
    NULLABLE_LONG.encode(stamp.getObservedMicros(), out);
    INT.encode(change.getOperation().ordinal(), out);
    LONG.encode(change.getAbsentMask(), out);
    TEXTS.encode(change.getValues(), out);
  }

  @Override
  public DimensionChange decode(InputStream in) throws IOException {
    String key = TEXT.decode(in);
    String source = TEXT.decode(in);
    String position = TEXT.decode(in);
    ChangeStamp stamp =
        ChangeStamp.create(
            LONG.decode(in),
            LONG.decode(in),
            NULLABLE_LONG.decode(in),
            INT.decode(in),
            NULLABLE_LONG.decode(in));
    Operation operation = Operation.values()[INT.decode(in)];
    long absentMask = LONG.decode(in);
    List<@Nullable String> values = Collections.unmodifiableList(TEXTS.decode(in));
    return DimensionChange.create(
        key, Change.create(stamp, operation, values, absentMask), source, position);
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}

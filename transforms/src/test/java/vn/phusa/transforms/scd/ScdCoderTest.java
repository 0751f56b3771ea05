package vn.phusa.transforms.scd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;

/** Changes come back from a shuffle as they were, nulls among their values too. */
class ScdCoderTest {

  @Test
  void dimensionChanges() throws Exception {
    Change change =
        Change.create(
            ChangeStamp.captured(1, 2, -1L, 3),
            Operation.UPSERT,
            Arrays.asList("tên", null, ""),
            0b010);
    DimensionChange keyed = DimensionChange.create("K 1", change, "oltp", "p");
    assertSame(keyed);
    assertSame(
        DimensionChange.create(
            "K 1",
            Change.upsert(ChangeStamp.observed(1, 2), Arrays.asList("tên", null, "")),
            "oltp",
            "p"));
  }

  private static void assertSame(DimensionChange keyed) throws Exception {
    Coder<DimensionChange> coder = CoderRegistry.createDefault().getCoder(DimensionChange.class);
    DimensionChange copy = CoderUtils.clone(coder, keyed);
    assertThat(copy).isNotSameAs(keyed);
    assertThat(copy).isEqualTo(keyed);
    assertThat(copy.getChange().id()).isEqualTo(keyed.getChange().id());
  }
}

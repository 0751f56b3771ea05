package vn.phusa.transforms.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.schemas.SchemaRegistry;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;
import vn.phusa.transforms.model.StagedRecord;

class MappingCoderTest {

  @Test
  void whatIsMappedComesBackAsItWas() throws Exception {
    StagedRecord record = StagedRecord.create("tiki", "order", "9", null, 1L, "run", "{\"ă\":1}");
    StagedWithSides alone = StagedWithSides.create(record, Map.of());
    assertThat(roundTrip(alone, StagedWithSides.class)).isEqualTo(alone);
    StagedWithSides together = StagedWithSides.create(record, Map.of("items", record));
    assertThat(roundTrip(together, StagedWithSides.class)).isEqualTo(together);
    OrderLines lines = OrderLines.create("tiki", "Tiki", "p", "tiki:9", List.of("a", "b"), 7L);
    assertThat(roundTrip(lines, OrderLines.class)).isEqualTo(lines);
  }

  private static <T> T roundTrip(T value, Class<T> type) throws Exception {
    Coder<T> coder = SchemaRegistry.createDefault().getSchemaCoder(type);
    return CoderUtils.clone(coder, value);
  }
}

package vn.phusa.pipelines.io.staging;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bson.Document;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.StagedRecord;

@WithEmbeddedServices
class StagingWriterIT {
  private static final long SECOND = 1_000_000;

  private final String platform = "staged" + System.nanoTime();
  private Staging staging;
  private StagingWriter writer;

  @BeforeEach
  void open(EmbeddedMongo mongo) {
    staging = Staging.open(EmbeddedStaging.address(mongo));
    writer = new StagingWriter(staging, Staging.PRODUCTS);
  }

  @AfterEach
  void close() {
    staging.close();
  }

  private StagedRecord record(int id, @Nullable Long updated, long extracted, String payload) {
    return StagedRecord.create(
        platform,
        "product",
        Integer.toString(id),
        updated == null ? null : updated * SECOND,
        extracted * SECOND,
        "run",
        payload);
  }

  private Map<String, StagedRecord> stored() throws RejectedException {
    Map<String, StagedRecord> stored = new HashMap<>();
    for (Document document :
        staging.records(Staging.PRODUCTS).find(Filters.eq("platform", platform))) {
      StagedRecord record = StagedDocuments.record(document);
      stored.put(record.getId(), record);
    }
    return stored;
  }

  @Test
  void newerReplacesOlderAndEqualChangesNothing() throws RejectedException {
    assertThat(writer.write(List.of(record(1, 10L, 100, "a"), record(2, null, 100, "b"))))
        .isEqualTo(RowCounts.written(2, 0));
    assertThat(writer.write(List.of(record(1, 10L, 200, "a"), record(2, null, 200, "b"))))
        .isEqualTo(RowCounts.written(0, 2));
    assertThat(stored().get("1").getExtractedMicros()).isEqualTo(100 * SECOND);
    assertThat(writer.write(List.of(record(1, 9L, 300, "older"), record(2, null, 300, "c"))))
        .isEqualTo(RowCounts.written(1, 1));
    assertThat(writer.write(List.of(record(1, 11L, 50, "newer"))))
        .isEqualTo(RowCounts.written(1, 0));
    assertThat(stored().get("1")).isEqualTo(record(1, 11L, 50, "newer"));
    assertThat(stored().get("2")).isEqualTo(record(2, null, 300, "c"));
  }

  /** Any order and batching of states with different times ends in the newest of each. */
  @Test
  void anyOrderEndsInTheNewest() throws RejectedException {
    for (int seed = 0; seed < 8; seed++) {
      Random random = new Random(seed);
      List<StagedRecord> states = new ArrayList<>();
      for (int i = 0; i < 120; i++) {
        states.add(record(1000 * seed + random.nextInt(15), (long) i, 7, "p" + i));
      }
      Map<String, StagedRecord> newest = new HashMap<>();
      states.forEach(s -> newest.merge(s.getId(), s, (a, b) -> b));
      Collections.shuffle(states, random);
      long all = 0;
      for (int i = 0; i < states.size(); ) {
        int to = Math.min(states.size(), i + 1 + random.nextInt(30));
        RowCounts written = writer.write(states.subList(i, to));
        assertThat(written.loaded() + written.skipped()).isEqualTo(to - i);
        all += written.loaded();
        i = to;
      }
      assertThat(all).isBetween((long) newest.size(), 120L);
      Map<String, StagedRecord> stored = stored();
      int first = 1000 * seed;
      stored.keySet().removeIf(id -> Integer.parseInt(id) < first);
      assertThat(stored).isEqualTo(newest);
    }
  }

  @Test
  void loadsFindTheirIndex() {
    List<String> keys = new ArrayList<>();
    staging.records(Staging.ORDERS).listIndexes().forEach(i -> keys.add(i.get("key").toString()));
    keys.sort(Comparator.naturalOrder());
    assertThat(keys).anyMatch(k -> k.contains("platform") && k.contains("extracted_at"));
  }
}

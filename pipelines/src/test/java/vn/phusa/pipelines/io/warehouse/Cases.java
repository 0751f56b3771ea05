package vn.phusa.pipelines.io.warehouse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import vn.phusa.transforms.decoding.CapturedChangeDecoder;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.model.TopicRecord;

/** The small cases under src/test/resources/history, one captured change a line. */
public final class Cases {
  /** After all of them: 2026-12-01T00:00:00Z. */
  private static final long NOW = 1_796_083_200_000_000L;

  private Cases() {}

  public static List<SourceRecord> orders(String file) throws IOException, RejectedException {
    return of("orders", file);
  }

  public static List<SourceRecord> products(String file) throws IOException, RejectedException {
    return of("products", file);
  }

  private static List<SourceRecord> of(String table, String file)
      throws IOException, RejectedException {
    CapturedChangeDecoder decoder = new CapturedChangeDecoder(table);
    List<SourceRecord> records = new ArrayList<>();
    for (String line : lines(file)) {
      byte[] value = line.getBytes(StandardCharsets.UTF_8);
      records.add(
          decoder.decode(
              TopicRecord.create("cdc_" + table, 0, records.size(), NOW / 1_000, null, value),
              NOW));
    }
    return records;
  }

  private static List<String> lines(String file) throws IOException {
    try (InputStream in = Cases.class.getResourceAsStream("/history/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}

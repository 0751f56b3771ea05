package vn.phusa.runners.jobs.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.pipelines.io.marketplace.Extractor;
import vn.phusa.pipelines.io.staging.Staging;

/** Files of a feed: what can be used of them, and that the others are read where one cannot be. */
class FeedsIT extends ScriptedPlatformTest {
  private static final Instant OLDEST = Instant.parse("2024-01-01T00:00:00Z");

  @TempDir private Path files;
  private int written;

  private Extractor.Outcome extract() throws Exception {
    return extract("");
  }

  /**
   * @param more keys of the feed's description
   */
  private Extractor.Outcome extract(String more) throws Exception {
    String yaml = "feeds:\n  %s: {platform: F, files: \"%s\"%s}\n".formatted(name, files, more);
    return platform.extract(yaml, name, "products", Clock.systemUTC());
  }

  /** Writes a file that is newer than those before. */
  private void write(String file, byte[] content) throws IOException {
    Path path = Files.write(files.resolve(file), content);
    Files.setLastModifiedTime(path, FileTime.from(OLDEST.plusSeconds(written++)));
  }

  private void write(String file, String content) throws IOException {
    write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] gzipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private Extractor.Outcome extractFrom(String glob) throws Exception {
    String yaml = "feeds:\n  %s: {platform: F, files: \"%s\"}\n".formatted(name, glob);
    return platform.extract(yaml, name, "products", Clock.systemUTC());
  }

  private void assertStaged(String... ids) {
    assertThat(platform.staged(Staging.PRODUCTS, name)).containsOnlyKeys(ids);
  }

  @Test
  void linesThatCanBeUsedAreStagedAndTheOthersAreDeadLetters() throws Exception {
    write(
        "a.jsonl",
        "\uFEFF{\"sku\": \"1\", \"name\":\"Máy\"}\r\n\n{\"sku\":\"2\"\n{\"name\":\"no id\"}\n[1]\n"
            + "{\"sku\":3,\"at\":\"2024-02-02\"}");
    write(
        "b.csv",
        "sku;name;at\n4;\"two\nlines\";\n5;\"open;\n6;ok;2024-01-01 10:00:00\n7;few\n8;x;never\n");
    write("c.jsonl", "");
    String described = ", id: sku, updated: at";

    Extractor.Outcome outcome = extract(described);

    assertThat(outcome.status()).as(outcome.message()).isEqualTo(Extractor.Status.SUCCEEDED);
    assertStaged("1", "3", "4", "6");
    assertThat(platform.staged(Staging.PRODUCTS, name))
        .containsEntry("1", "{\"sku\": \"1\", \"name\":\"Máy\"}")
        .containsEntry("4", "{\"sku\":\"4\",\"name\":\"two\\nlines\",\"at\":\"\"}");
    assertThat(platform.deadLetters(name))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                files + "/a.jsonl:3", "not_json",
                files + "/a.jsonl:4", "missing_key",
                files + "/a.jsonl:5", "not_json",
                files + "/b.csv:4", "open_quote",
                files + "/b.csv:6", "wrong_columns",
                files + "/b.csv:7", "not_a_time"));

    // Only what is new or changed is read.
    platform.staging.records(Staging.PRODUCTS).deleteOne(Filters.eq("_id", name + ":product:1"));
    write("d.jsonl", "{\"sku\":\"9\"}\n");
    assertThat(extract(described).status()).isEqualTo(Extractor.Status.SUCCEEDED);
    assertStaged("3", "4", "6", "9");
  }

  @Test
  void linksAreFollowedAndFoldersBelowThoseThatMatchAreLeftAlone() throws Exception {
    Files.createDirectories(files.resolve("day/below"));
    write("day/a.jsonl", "{\"id\":1}\n");
    write("day/below/b.jsonl", "{\"id\":2}\n");
    Files.createSymbolicLink(files.resolve("day/below/up"), files);
    Files.createSymbolicLink(files.resolve("day/gone.jsonl"), files.resolve("nowhere"));
    Files.createSymbolicLink(files.resolve("current"), files.resolve("day"));

    assertThat(extractFrom(files + "/current/*.jsonl").message()).isEmpty();
    assertStaged("1");
    assertThat(extractFrom(files + "/current/**/*.jsonl").message())
        .isEqualTo(name + ": the link up leads out of the feed's folder (followLinks: false)");
    assertStaged("1", "2");
    assertThat(extractFrom(files + "/**/*.jsonl").message()).as("a link within").isEmpty();
    assertThat(extractFrom(files + "/nowhere/*.jsonl").message()).contains("cannot be read");
  }

  @Test
  void aTimeOfChangeInTheFutureDoesNotHoldBackTheTrueOne() throws Exception {
    String described = ", updated: at";
    write("a.csv", "id,at,name\n1,2205-03-01,x\n2,20250301123000,x\n3,20250301,x\n");
    assertThat(extract(described).message()).isEmpty();
    assertStaged("2", "3");
    assertThat(platform.deadLetters(name)).containsExactly(Map.entry("product/1", "in_future"));
    write("b.csv", "id,at,name\n1,2025-03-01,y\n2,2025-03-01 12:30:01,y\n3,2025-03-02,y\n");
    assertThat(extract(described).message()).isEmpty();
    assertThat(platform.staged(Staging.PRODUCTS, name).values())
        .hasSize(3)
        .allSatisfy(payload -> assertThat(payload).contains("\"y\""));

    Path future = Files.writeString(files.resolve("c.jsonl"), "{\"id\":4}\n");
    Files.setLastModifiedTime(future, FileTime.from(Instant.parse("2205-01-01T00:00:00Z")));
    assertThat(extract(described).message()).isEmpty();
    assertStaged("1", "2", "3", "4");
  }

  @Test
  void aFileThatIsCutOffDoesNotStopLaterOnes() throws Exception {
    byte[] whole = gzipped("{\"id\":1}\n{\"id\":2}\n");
    write("a.jsonl.gz", Arrays.copyOf(whole, whole.length - 12));
    write("b.jsonl", "{\"id\":3}\n");

    Extractor.Outcome outcome = extract();

    assertThat(outcome.status()).isEqualTo(Extractor.Status.FAILED);
    assertThat(outcome.message())
        .isEqualTo(name + ": the file a.jsonl.gz cannot be read to its end");
    assertThat(outcome.isRetryable()).as("the rest may come").isTrue();
    assertThat(platform.staged(Staging.PRODUCTS, name)).containsKey("3");

    // The rest has come, and what was read is not read again.
    write("a.jsonl.gz", whole);
    platform.staging.records(Staging.PRODUCTS).deleteOne(Filters.eq("_id", name + ":product:3"));
    assertThat(extract().status()).isEqualTo(Extractor.Status.SUCCEEDED);
    assertStaged("1", "2");
  }

  @Test
  void aFileWithoutAHeaderStaysSoAndDoesNotStopLaterOnes() throws Exception {
    write("a.csv", "id,name,id\n1,x,1\n");
    write("b.csv", "id,name\n2,x\n");
    write("c.csv", "id,\"name\n3,x\n");
    write("d.csv", "id,name\n4,x\n");

    Extractor.Outcome outcome = extract();

    assertThat(outcome.status()).isEqualTo(Extractor.Status.FAILED);
    assertThat(outcome.message())
        .isEqualTo(
            name
                + ": the first line of the file a.csv is no header,"
                + " the first line of the file c.csv is no header");
    assertThat(outcome.isRetryable()).isFalse();
    assertStaged("2", "4");
  }

  @Test
  void oneFileThatMayBeWholeTheNextTimeIsWorthAnotherTry() throws Exception {
    write("a.csv", "id,id\n1,1\n");
    write("b.jsonl.gz", Arrays.copyOf(gzipped("{\"id\":1}\n"), 15));
    for (int i = 0; i < 9; i++) {
      write("c%d.csv".formatted(i), "id,id\n1,1\n");
    }

    Extractor.Outcome outcome = extract();

    assertThat(outcome.isRetryable()).isTrue();
    assertThat(outcome.message())
        .contains("a.csv", "b.jsonl.gz", "c2.csv")
        .endsWith(", and 6 more files");
  }

  /** A file of Linux that gives an error when it is read, also to the superuser. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFileThatCannotEvenBeComparedDoesNotStopTheOthers() throws Exception {
    Files.createSymbolicLink(files.resolve("a.jsonl"), Path.of("/proc/self/mem"));
    write("b.jsonl", "{\"id\":1}\n");

    Extractor.Outcome outcome = extract();

    assertThat(outcome.message())
        .isEqualTo(name + ": the link a.jsonl leads out of the feed's folder (followLinks: false)");
    assertThat(outcome.isRetryable()).isFalse();
    assertStaged("1");

    outcome = extract(", followLinks: true");
    assertThat(outcome.message()).isEqualTo(name + ": the file a.jsonl cannot be read to its end");
  }
}

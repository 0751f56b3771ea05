package vn.phusa.pipelines.extract;

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
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.pipelines.io.marketplace.Extractor;
import vn.phusa.pipelines.io.mongodb.Staging;

/** Files of a feed that cannot be read: the others are, and the extraction says which were not. */
class FeedsIT extends ScriptedPlatformTest {
  private static final Instant OLDEST = Instant.parse("2024-01-01T00:00:00Z");

  @TempDir private Path files;
  private int written;

  private Extractor.Outcome extract() throws Exception {
    String yaml = "feeds:\n  %s: {platform: F, files: \"%s\"}\n".formatted(name, files);
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

  private void assertStaged(String... ids) {
    assertThat(platform.staged(Staging.PRODUCTS, name)).containsOnlyKeys(ids);
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
    assertThat(outcome.mayPass()).as("the rest may come").isTrue();
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
    assertThat(outcome.mayPass()).isFalse();
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

    assertThat(outcome.mayPass()).isTrue();
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

    assertThat(outcome.message()).isEqualTo(name + ": the file a.jsonl cannot be read to its end");
    assertStaged("1");
  }
}

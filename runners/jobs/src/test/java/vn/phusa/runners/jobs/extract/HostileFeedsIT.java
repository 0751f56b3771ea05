package vn.phusa.runners.jobs.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Strings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.pipelines.io.staging.Staging;
import vn.phusa.transforms.errors.PrintableText;

/**
 * Files that somebody wrote who wants to harm: what they hold is bounded, nothing outside of their
 * folder is read, and the good files beside them are. With the system property phusa.faults=full
 * there are 10,000 random files, else 300.
 */
class HostileFeedsIT extends ScriptedPlatformTest {
  private static final boolean FULL = "full".equals(System.getProperty("phusa.faults"));
  private static final long SEED = Long.getLong("phusa.faults.seed", 20_261_130);
  private static final int HEAP = 96;
  private static final String SECRET = "s3cr3t-of-the-process";

  @TempDir private Path files;
  @TempDir private Path elsewhere;

  private void write(String file, String content) throws IOException {
    Files.writeString(files.resolve(file), content);
  }

  private void gzip(String file, String first, String part, int times) throws IOException {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    try (OutputStream out =
        new GZIPOutputStream(
            new BufferedOutputStream(Files.newOutputStream(files.resolve(file))))) {
      out.write(first.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < times; i++) {
        out.write(bytes);
      }
    }
  }

  /** In a POSIX locale a name has ASCII characters only. */
  private static String encodable(String name) {
    try {
      return Path.of(name).toString();
    } catch (InvalidPathException e) {
      return name.replaceAll("[^\\x00-\\x7f]", "");
    }
  }

  private void good(int number) throws IOException {
    write("good" + number + ".jsonl", "{\"id\":\"good" + number + "\"}\n");
  }

  private SmallHeap.Result extract(Duration limit) throws Exception {
    String yaml = "feeds:\n  %s: {platform: F, files: \"%s\"}\n".formatted(name, files);
    var extractor = platform.extractor(yaml, Clock.systemUTC());
    platform.begin(extractor, name, "products");
    return SmallHeap.extract(extractor, name, "products", HEAP, elsewhere, limit);
  }

  private long deadLetters(String condition) throws Exception {
    return platform.number(
        "SELECT count(*) FROM dead_letter WHERE source = '" + name + "' AND " + condition);
  }

  @Test
  void bombsAreNamedAndTheOthersAreRead() throws Exception {
    good(1);
    gzip("rows.jsonl.gz", "", "{\n", 400_000);
    gzip("open.csv.gz", "id,name\n", "\"" + "x".repeat(4_900_000) + "\n", 40);
    gzip("zero.jsonl.gz", "", "\0".repeat(1_000_000), 250);
    write("open.csv", "id,name\n" + ("1,\"" + "y".repeat(4_900_000) + "\n").repeat(8));
    write("big.csv", "id,name\n" + ("1," + "z".repeat(450_000) + "\n").repeat(120));
    write("wide.csv", "id" + ",x".repeat(3) + "\n");
    StringBuilder header = new StringBuilder("id");
    for (int i = 0; i < 3_000; i++) {
      header.append(",c").append(i);
    }
    write("columns.csv", header + "\n");
    write("field.jsonl", "{\"id\":\"f\",\"x\":\"" + "x".repeat(600_000) + "\"}\n");
    write("deep.jsonl", "{\"id\":\"d\",\"x\":" + "[".repeat(900_000) + "\n");
    write("number.jsonl", "{\"id\":\"n\",\"x\":1" + "0".repeat(400_000) + "}\n");
    good(2);

    SmallHeap.Result result = extract(Duration.ofMinutes(4));

    assertThat(result.code()).as(result.text()).isZero();
    assertThat(result.text())
        .contains(
            "the file rows.jsonl.gz has more than 10,000 rejected rows (limits.rejectedRows)",
            "the file open.csv.gz inflates to more than 200 times its size"
                + " (limits.inflationRatio)",
            "the file zero.jsonl.gz inflates to more than 200 times its size",
            "the file columns.csv has more than 2000 columns",
            "the first line of the file wide.csv is no header");
    assertThat(platform.staged(Staging.PRODUCTS, name)).containsKeys("good1", "good2", "1", "n");
    assertThat(deadLetters("position LIKE '%/rows.jsonl.gz:%'")).isEqualTo(10_000);
    assertThat(deadLetters("position LIKE '%/open.csv:%' AND reason = 'too_long'")).isEqualTo(8);
    assertThat(deadLetters("length(payload) > 1000000")).isZero();
    assertThat(platform.deadLetters(name))
        .containsEntry(files + "/field.jsonl:1", "field_too_long")
        .containsEntry(files + "/deep.jsonl:1", "not_json");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void nothingElsewhereIsReadAndNamesAreOnlyNames() throws Exception {
    Path secret = Files.writeString(elsewhere.resolve("secret"), SECRET + "\n");
    Files.createSymbolicLink(files.resolve("link\u001b[2J.jsonl"), secret);
    Files.createSymbolicLink(files.resolve("folder"), elsewhere);
    Path fifo = files.resolve("pipe.jsonl");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    String evil = encodable("evil\u001b]0;owned\u0007\u202e\n\u009b.jsonl");
    write(evil, "no JSON\u001b[2J\n");
    good(1);

    SmallHeap.Result result = extract(Duration.ofMinutes(2));

    assertThat(result.code()).as(result.text()).isZero();
    assertThat(result.text()).contains("the link link", "leads out of the feed's folder");
    assertThat(platform.staged(Staging.PRODUCTS, name)).containsOnlyKeys("good1");
    assertThat(platform.deadLetters(name))
        .containsExactlyEntriesOf(
            Map.of(files + "/" + PrintableText.line(evil) + ":1", "not_json"));
    assertThat(deadLetters("payload = 'no JSON\u001b[2J'")).as("the payload as it came").isOne();
    assertThat(deadLetters("payload LIKE '%" + SECRET + "%'")).isZero();
  }

  @Test
  void randomFilesAreReadWithoutHarm() throws Exception {
    int count = FULL ? 10_000 : 300;
    RandomFiles random = new RandomFiles(SEED);
    for (int i = 0; i < count; i++) {
      random.write(files, i);
    }
    good(1);

    long start = System.nanoTime();
    SmallHeap.Result result = extract(Duration.ofMinutes(FULL ? 60 : 4));

    assertThat(result.code())
        .as("seed " + SEED + ": " + Strings.nullToEmpty(result.text()))
        .isZero();
    assertThat(result.text()).doesNotContain("failed with", "OutOfMemory");
    assertThat(platform.staged(Staging.PRODUCTS, name)).containsKey("good1");
    assertThat(deadLetters("error ~ '[\\x01-\\x1f\\x7f]' OR position ~ '[\\x01-\\x1f\\x7f]'"))
        .isZero();
    System.out.printf(
        "%,d random files: %,d records, %,d dead letters, %d s, %s%n",
        count,
        platform.staged(Staging.PRODUCTS, name).size(),
        deadLetters("true"),
        Duration.ofNanos(System.nanoTime() - start).toSeconds(),
        result.text().lines().reduce((one, other) -> other).orElse(""));
  }
}

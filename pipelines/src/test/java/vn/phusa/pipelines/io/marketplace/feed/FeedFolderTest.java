package vn.phusa.pipelines.io.marketplace.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.pipelines.io.marketplace.spec.FeedLimitException;
import vn.phusa.pipelines.io.marketplace.spec.FeedLimits;
import vn.phusa.pipelines.io.marketplace.spec.FeedSpec;

/** Nothing is read that is not below the feed's folder, whatever is put there, and whenever. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FeedFolderTest {
  private static final String SECRET = "root:x:0";

  @TempDir private Path temporary;
  private Path feed;
  private Path outside;

  @BeforeEach
  void make() throws IOException {
    feed = Files.createDirectories(temporary.resolve("feed"));
    outside = Files.createDirectories(temporary.resolve("outside"));
    Files.writeString(outside.resolve("secret.jsonl"), SECRET);
  }

  private static FeedFolder.Listing list(Path files, String glob, boolean followLinks)
      throws IOException {
    return list(files + glob, followLinks, FeedLimits.DEFAULTS);
  }

  private static FeedFolder.Listing list(String where, boolean followLinks, FeedLimits limits)
      throws IOException {
    FeedSpec feed =
        new FeedSpec(
            "F", where, null, null, null, null, null, null, null, null, followLinks, limits);
    return new FeedFolder("f", feed).list();
  }

  private static List<Path> paths(FeedFolder.Listing listing) {
    return listing.files().stream().map(FeedFolder.Entry::path).toList();
  }

  private static String read(FeedFolder.Entry entry) throws IOException {
    try (InputStream in = FeedFolder.open(entry)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void mkfifo(Path path) throws Exception {
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
  }

  @Test
  void linksThatLeadOutAreNamedAndNotFollowed() throws Exception {
    Files.writeString(feed.resolve("a.jsonl"), "a");
    Files.createSymbolicLink(feed.resolve("b.jsonl"), outside.resolve("secret.jsonl"));
    Files.createSymbolicLink(feed.resolve("c.jsonl"), Path.of("/proc/self/environ"));
    Files.createSymbolicLink(feed.resolve("d"), outside);
    Files.createSymbolicLink(feed.resolve("e.jsonl"), feed.resolve("nowhere"));

    FeedFolder.Listing all = list(feed, "/**", false);
    assertThat(paths(all)).containsExactly(feed.resolve("a.jsonl"));
    assertThat(all.links())
        .containsExactly(feed.resolve("b.jsonl"), feed.resolve("c.jsonl"), feed.resolve("d"));
    FeedFolder.Listing flat = list(feed, "", false);
    assertThat(paths(flat)).containsExactly(feed.resolve("a.jsonl"));
    assertThat(flat.links()).containsExactly(feed.resolve("b.jsonl"), feed.resolve("c.jsonl"));
    assertThat(list(feed, "/a*", false).links()).as("what the glob does not ask for").isEmpty();

    FeedFolder.Listing followed = list(feed, "/{b,d/*}*", true);
    assertThat(followed.links()).isEmpty();
    assertThat(paths(followed)).as("one file, once").containsExactly(feed.resolve("b.jsonl"));
    assertThat(read(followed.files().get(0))).isEqualTo(SECRET);
  }

  @Test
  void linksWithinTheFolderAndThatOfTheFolderItselfAreFollowed() throws Exception {
    Files.createDirectories(feed.resolve("2025/03"));
    Files.writeString(feed.resolve("2025/03/a.jsonl"), "a");
    Files.createSymbolicLink(feed.resolve("latest"), Path.of("2025"));
    Files.createSymbolicLink(feed.resolve("2025/up"), feed);
    Path current = Files.createSymbolicLink(temporary.resolve("current"), feed);
    Files.createSymbolicLink(temporary.resolve("one.jsonl"), feed.resolve("2025/03/a.jsonl"));

    FeedFolder.Listing below = list(current, "/latest/*/*.jsonl", false);
    assertThat(paths(below)).containsExactly(current.resolve("latest/03/a.jsonl"));
    assertThat(read(below.files().get(0))).isEqualTo("a");
    assertThat(list(current, "/**/*.jsonl", false).files()).hasSize(1);
    assertThat(read(list(temporary, "/one.jsonl", false).files().get(0))).isEqualTo("a");
  }

  @Test
  void whatIsReplacedAfterItWasFoundIsNotRead() throws Exception {
    Files.createDirectories(feed.resolve("day"));
    Path file = Files.writeString(feed.resolve("day/secret.jsonl"), "harmless");
    FeedFolder.Entry entry = list(feed, "/*/*.jsonl", false).files().get(0);
    assertThat(read(entry)).isEqualTo("harmless");

    Files.delete(file);
    Files.createSymbolicLink(file, outside.resolve("secret.jsonl"));
    assertThatThrownBy(() -> read(entry)).isInstanceOf(IOException.class);

    Files.delete(file);
    Files.delete(feed.resolve("day"));
    Files.createSymbolicLink(feed.resolve("day"), outside);
    assertThatThrownBy(() -> read(entry)).isInstanceOf(IOException.class);

    Files.delete(feed.resolve("day"));
    Files.createDirectories(feed.resolve("day"));
    mkfifo(file);
    assertThatThrownBy(() -> read(entry)).isInstanceOf(IOException.class);
  }

  @Test
  void aPipeIsNoFileAndNobodyWaitsForItsWriter() throws Exception {
    Files.writeString(feed.resolve("a.jsonl"), "a");
    mkfifo(feed.resolve("b.jsonl"));
    assertThat(paths(list(feed, "", false))).containsExactly(feed.resolve("a.jsonl"));
    // As if it had come between the look at it and its being opened.
    assertThatThrownBy(
            () ->
                TimedOpening.open(
                    () -> Files.newByteChannel(feed.resolve("b.jsonl")), Duration.ofMillis(200)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aFolderHasNoMoreThanItMay() throws Exception {
    for (int i = 0; i < 12; i++) {
      Files.createDirectories(feed.resolve("d" + i));
    }
    // Each level doubles the paths, without a loop.
    for (int i = 0; i < 11; i++) {
      Files.createSymbolicLink(feed.resolve("d" + i + "/a"), feed.resolve("d" + (i + 1)));
      Files.createSymbolicLink(feed.resolve("d" + i + "/b"), feed.resolve("d" + (i + 1)));
    }
    FeedLimits few = new FeedLimits(1_000L, null, null, null, null, null, null, null);
    assertThatThrownBy(() -> list(feed + "/**", false, few))
        .isInstanceOf(FeedLimitException.class)
        .hasMessage("more than 1,000 files and folders (limits.files)");
  }
}

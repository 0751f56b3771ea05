package vn.phusa.runners.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductFeedsTest {
  @TempDir private Path folder;

  @Test
  void writesTwoFeedsThatChangeFromDayToDay() throws IOException {
    ProductFeeds feeds = ProductFeeds.of(1, 200);
    List<Path> first = feeds.writeTo(folder);
    List<Path> next = feeds.writeNextDay(folder);
    assertThat(first)
        .extracting(path -> path.getFileName().toString())
        .containsExactly("fptshop-2025-10-01.jsonl", "cellphones-2025-10-01.csv");
    for (int feed = 0; feed < 2; feed++) {
      List<String> today = Files.readAllLines(first.get(feed));
      List<String> tomorrow = Files.readAllLines(next.get(feed));
      assertThat(today).hasSize(205 + feed).hasSameSizeAs(tomorrow).doesNotHaveDuplicates();
      HashSet<String> same = new HashSet<>(today);
      same.retainAll(tomorrow);
      assertThat(same).hasSizeBetween(80, 190);
    }
    HashSet<String> ids = new HashSet<>();
    for (String line : Files.readAllLines(first.get(0))) {
      ids.add(PlatformClient.JSON.readTree(line).path("id").asText());
    }
    assertThat(ids).as("five of them stand there twice").hasSize(200);
    assertThat(Files.readString(first.get(1))).contains(", bản \"\"quốc tế\"\"\",");
    byte[] written = Files.readAllBytes(first.get(0));
    ProductFeeds.of(1, 200).writeTo(folder);
    assertThat(Files.readAllBytes(first.get(0))).isEqualTo(written);
  }
}

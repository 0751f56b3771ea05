package vn.phusa.runners.jobs.extract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Files as somebody with bad intentions, or a bad disk, makes them. */
final class RandomFiles {
  private static final String[] ENDS = {
    ".jsonl", ".csv", ".json", ".tsv", ".jsonl.gz", ".csv.gz", ""
  };
  private static final String[] PARTS = {
    "\"",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    ";",
    "\n",
    "\r\n",
    "\t",
    "\\u0000",
    "\\ud800",
    "\u001b[2J",
    "id",
    "\"id\":",
    "{\"id\":\"",
    "\u0000",
    "\u202e",
    "Nồi",
    "1e999999999",
    "9".repeat(2_000),
    "[".repeat(3_000),
    "\"\"",
    "null",
    "2205-01-01"
  };

  private final Random random;

  RandomFiles(long seed) {
    this.random = new Random(seed);
  }

  /** Writes a file whose name and content are random, and says how it is called. */
  Path write(Path folder, int number) throws IOException {
    byte[] content = content();
    if (random.nextInt(3) == 0) {
      content = gzipped(content);
    }
    for (int i = random.nextInt(4); i > 0 && content.length > 0; i--) {
      content[random.nextInt(content.length)] = (byte) random.nextInt(256);
    }
    String end = ENDS[random.nextInt(ENDS.length)];
    try {
      return Files.write(folder.resolve("r" + number + name() + end), content);
    } catch (InvalidPathException e) {
      return Files.write(folder.resolve("r" + number + end), content);
    }
  }

  private String name() {
    StringBuilder name = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      String part = PARTS[random.nextInt(PARTS.length)];
      if (part.length() < 20) {
        name.append(part.replace("/", "").replace("\u0000", ""));
      }
    }
    return name.toString();
  }

  private byte[] content() {
    if (random.nextInt(4) == 0) {
      byte[] bytes = new byte[random.nextInt(20_000)];
      random.nextBytes(bytes);
      return bytes;
    }
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "id,name\n" : "");
    for (int i = random.nextInt(300); i > 0; i--) {
      text.append(PARTS[random.nextInt(PARTS.length)]);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  static byte[] gzipped(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }
}

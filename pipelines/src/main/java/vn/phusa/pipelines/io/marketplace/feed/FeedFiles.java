package vn.phusa.pipelines.io.marketplace.feed;

import com.google.common.hash.Hashing;
import com.google.common.hash.HashingInputStream;
import com.google.common.io.ByteStreams;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.marketplace.http.MarketplaceException;
import vn.phusa.pipelines.io.marketplace.spec.FeedLimitException;
import vn.phusa.pipelines.io.marketplace.spec.FeedSpec;
import vn.phusa.pipelines.io.staging.Staging;
import vn.phusa.pipelines.io.step.RunId;

/**
 * The files of a feed, and which of them were read: known by path, size, time of change and a hash
 * of the content, so that a file that was only touched is not read again.
 */
public final class FeedFiles {
  private static final String FILES = "extract_feed_file";

  private final String name;
  private final FeedSpec feed;
  private final MongoCollection<Document> read;

  public FeedFiles(String name, FeedSpec feed, Staging staging) {
    this.name = name;
    this.feed = feed;
    this.read = staging.memory(FILES);
  }

  /**
   * A file to read.
   *
   * @param size in bytes
   * @param modified when it changed
   * @param hash of its content; null if it cannot be read, or is not to be
   */
  record FeedFile(FeedFolder.Entry entry, long size, Date modified, @Nullable String hash) {

    /** As the feed's description leads to it. */
    Path path() {
      return entry.path();
    }

    /** Reads its content. */
    InputStream open() throws IOException {
      return FeedFolder.open(entry);
    }
  }

  /**
   * What is to be read, the oldest first; also what cannot be.
   *
   * @param files that are new or changed
   * @param links that lead out of the folder
   */
  record Changed(List<FeedFile> files, List<Path> links) {}

  /**
   * The files that are new or changed.
   *
   * @throws MarketplaceException if there is no such folder, it cannot be listed, or has too much
   */
  Changed changed() {
    try {
      FeedFolder.Listing listing = new FeedFolder(name, feed).list();
      List<FeedFile> changed = new ArrayList<>();
      for (FeedFolder.Entry entry : listing.files()) {
        FeedFile file = changed(entry);
        if (file != null) {
          changed.add(file);
        }
      }
      changed.sort(Comparator.comparing(FeedFile::modified).thenComparing(FeedFile::path));
      return new Changed(changed, listing.links());
    } catch (FeedLimitException e) {
      throw MarketplaceException.lasting(
          name + ": the folder at " + feed.files() + " has " + e.getMessage());
    } catch (IOException | UncheckedIOException e) {
      throw MarketplaceException.lasting(
          name + ": the files at " + feed.files() + " cannot be read");
    }
  }

  /** Remembers that a file was read whole. */
  void done(FeedFile file, RunId runId) {
    put(file, runId.toString());
  }

  private void put(FeedFile file, String run) {
    read.replaceOne(
        Filters.eq(key(file.path())),
        new Document("_id", key(file.path()))
            .append("size", file.size())
            .append("modified", file.modified())
            .append("hash", file.hash())
            .append("run_id", run),
        new ReplaceOptions().upsert(true));
  }

  private @Nullable FeedFile changed(FeedFolder.Entry entry) throws IOException {
    try {
      return changedSinceRead(entry);
    } catch (NoSuchFileException e) {
      // Taken away, or given its name at last, since the folder was listed.
      return null;
    }
  }

  private @Nullable FeedFile changedSinceRead(FeedFolder.Entry entry) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(entry.real(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    long size = attributes.size();
    Date modified = new Date(attributes.lastModifiedTime().toMillis());
    Document known = read.find(Filters.eq(key(entry.path()))).first();
    if (known != null
        && known.getLong("size") == size
        && known.getDate("modified").equals(modified)) {
      return null;
    }
    String hash = size > feed.limits().fileBytes() ? null : hash(entry);
    FeedFile file = new FeedFile(entry, size, modified, hash);
    if (known != null && hash != null && hash.equals(known.getString("hash"))) {
      put(file, known.getString("run_id"));
      return null;
    }
    return file;
  }

  private @Nullable String hash(FeedFolder.Entry entry) {
    try (HashingInputStream content =
        new HashingInputStream(
            Hashing.sha256(), new BoundedInput(FeedFolder.open(entry), this::checkSize))) {
      ByteStreams.exhaust(content);
      return content.hash().toString();
    } catch (IOException e) {
      // Who reads it meets the same, and the other files need not wait for it.
      return null;
    }
  }

  /** Also of what grows while it is read. */
  private void checkSize(long bytes) throws FeedLimitException {
    FeedLines.checkSize(bytes, feed.limits());
  }

  private String key(Path path) {
    return name + ":" + path;
  }
}

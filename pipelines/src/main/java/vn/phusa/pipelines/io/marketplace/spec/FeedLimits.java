package vn.phusa.pipelines.io.marketplace.spec;

import java.io.Serializable;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.staging.StagingWriter;

/**
 * How much a feed's files may hold, so that nobody who can put a file there fills the memory, the
 * warehouse or the day. A row over a limit is a dead letter; a file over one fails, and the others
 * are read. Null: the default.
 *
 * @param files files and folders below the feed's folder that are listed; 100,000
 * @param fileBytes bytes of a file as it lies there; 2,000,000,000
 * @param inflatedBytes bytes that a gzipped file may inflate to, and characters that the rows of a
 *     file may have as JSON; 8,000,000,000
 * @param inflationRatio bytes that each byte of a gzipped file may inflate to on average, once it
 *     came to a megabyte; 200
 * @param rowBytes bytes of a row, at most 5,000,000; 1,000,000
 * @param fieldCharacters characters of a field of a row, or of its name; 500,000
 * @param rejectedRows rows of a file that may be rejected; 10,000
 * @param rejectedCharacters characters that those may have; 100,000,000
 */
public record FeedLimits(
    @Nullable Long files,
    @Nullable Long fileBytes,
    @Nullable Long inflatedBytes,
    @Nullable Long inflationRatio,
    @Nullable Long rowBytes,
    @Nullable Long fieldCharacters,
    @Nullable Long rejectedRows,
    @Nullable Long rejectedCharacters)
    implements Serializable {

  /** The limits of a feed that says nothing of them. */
  public static final FeedLimits DEFAULTS =
      new FeedLimits(null, null, null, null, null, null, null, null);

  public FeedLimits {
    files = or(files, 100_000);
    fileBytes = or(fileBytes, 2_000_000_000L);
    inflatedBytes = or(inflatedBytes, 8_000_000_000L);
    inflationRatio = or(inflationRatio, 200);
    rowBytes = or(rowBytes, 1_000_000);
    fieldCharacters = or(fieldCharacters, 500_000);
    rejectedRows = or(rejectedRows, 10_000);
    rejectedCharacters = or(rejectedCharacters, 100_000_000);
  }

  private static Long or(@Nullable Long given, long otherwise) {
    return given == null ? Long.valueOf(otherwise) : given;
  }

  void check(String key) {
    SpecValidation.positive(key + ".files", files);
    SpecValidation.positive(key + ".fileBytes", fileBytes);
    SpecValidation.positive(key + ".inflatedBytes", inflatedBytes);
    SpecValidation.positive(key + ".inflationRatio", inflationRatio);
    SpecValidation.positive(key + ".rowBytes", rowBytes);
    SpecValidation.positive(key + ".fieldCharacters", fieldCharacters);
    SpecValidation.positive(key + ".rejectedRows", rejectedRows);
    SpecValidation.positive(key + ".rejectedCharacters", rejectedCharacters);
    InvalidSpecException.check(
        rowBytes <= StagingWriter.MAX_PAYLOAD_CHARACTERS,
        key
            + ".rowBytes is more than staging can hold ("
            + StagingWriter.MAX_PAYLOAD_CHARACTERS
            + ")");
  }
}

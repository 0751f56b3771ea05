package vn.phusa.pipelines.io.marketplace.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneOffset;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A feed of files as data.
 *
 * @param platform its standard name, as in dim_platform
 * @param files a folder, or a glob; null: not extracted
 * @param format how a file is written
 * @param part the part of staging that its records go to: "products" to raw_products
 * @param kind what a record is called: the part's name or its singular
 * @param id the field or column of the id
 * @param updated the field or column of the time of change; null: the file's own
 * @param zone the zone of times that carry none
 * @param refreshEvery how often a streaming extraction polls
 * @param mapping how records become ours; not read here
 * @param followLinks whether links below the folder are followed out of it
 * @param limits how much its files may hold
 */
public record FeedSpec(
    String platform,
    @Nullable String files,
    Format format,
    String part,
    String kind,
    String id,
    @Nullable String updated,
    ZoneOffset zone,
    Duration refreshEvery,
    @Nullable JsonNode mapping,
    boolean followLinks,
    FeedLimits limits)
    implements Serializable {

  public FeedSpec {
    format = format == null ? Format.AUTO : format;
    part = part == null ? "products" : part;
    kind = kind == null ? part.equals("products") ? "product" : part : kind;
    id = id == null ? "id" : id;
    zone = zone == null ? ZoneOffset.ofHours(7) : zone;
    limits = limits == null ? FeedLimits.DEFAULTS : limits;
    refreshEvery = refreshEvery == null ? Duration.ofMinutes(30) : refreshEvery;
  }

  /** How a feed's files are written. */
  public enum Format {
    /** By the file's name, or else by how it begins. */
    AUTO,
    /** A JSON object on each line. */
    JSONL,
    /** Comma-separated values with a header. */
    CSV
  }

  void check(String name) {
    String where = "feeds." + name;
    SpecValidation.name(where, name);
    InvalidSpecException.check(platform != null, where + ".platform is missing");
    SpecValidation.name(where + ".part", part);
    SpecValidation.kind(where, part, kind);
    SpecValidation.positive(where + ".refreshEvery", refreshEvery);
    limits.check(where + ".limits");
  }
}

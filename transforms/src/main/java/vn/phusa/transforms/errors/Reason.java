package vn.phusa.transforms.errors;

import java.util.Locale;

/** Why a record was refused; its {@link #word} is what dead letters carry. */
public enum Reason {
  /** The key is null or empty. */
  MISSING_KEY,
  /** The key is the one of the dimensions' unknown row. */
  RESERVED_KEY,
  /** The key has more bytes than an index can hold. */
  KEY_TOO_LONG,
  /** Neither the record nor its source says when it changed. */
  MISSING_TIME,
  NOT_A_NUMBER,
  /** A number, but not a whole one. */
  NOT_AN_INTEGER,
  NOT_A_DATE,
  NOT_A_TIME,
  NOT_A_BOOLEAN,
  /** Understood, but the column cannot hold it. */
  OUT_OF_RANGE,
  /** A day that dim_time does not have. */
  OUT_OF_CALENDAR,
  /** The payload is no JSON text. */
  MALFORMED_JSON,
  /** The platform's mapping makes nothing usable of the payload. */
  MAPPING_FAILED,
  /** U+0000, which PostgreSQL's text cannot hold. */
  NUL_CHARACTER,
  /** Half of a surrogate pair, which no UTF-8 text can hold. */
  LONE_SURROGATE,
  /** A tombstone: a record without a value. */
  NO_VALUE,
  /** A value of no bytes. */
  EMPTY_VALUE,
  /** More bytes than an event can have. */
  TOO_LARGE,
  /** The bytes are not what the topic's format asks for. */
  MALFORMED,
  /** Written by a schema that the registry does not know. */
  UNKNOWN_SCHEMA,
  /** Written by a schema that ours cannot read. */
  INCOMPATIBLE_SCHEMA,
  /** Bytes that are no UTF-8 text. */
  INVALID_UTF8,
  /** A field that must be there is not. */
  MISSING_FIELD,
  /** A field of another kind than it should be. */
  WRONG_TYPE,
  /** A kind of event or change that is not known or has no meaning for a single row. */
  UNKNOWN_OPERATION,
  /** An event, or the row in it, a day or more after the present. */
  IN_FUTURE,
  /** It came after the time that its five-minute window waits for sales; the fact has it. */
  TOO_LATE;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** "missing_key", "out_of_range", ... */
  public String word() {
    return word;
  }
}

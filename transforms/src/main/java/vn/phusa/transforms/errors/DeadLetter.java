package vn.phusa.transforms.errors;

import com.google.auto.value.AutoValue;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import vn.phusa.transforms.model.SourcePosition;
import vn.phusa.transforms.model.SourceRecord;

/** A record that could not be used, with all that is needed to understand it and to replay it. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class DeadLetter {

  /** How {@link #getPayload} holds the record. */
  public enum Encoding {
    /** As it is. */
    TEXT,
    /**
     * As base64 of its UTF-16 (see {@link Payload}) or binary form, since text columns cannot hold
     * it.
     */
    BASE64
  }

  /** A hash of position, stage and reason: the same failure met again has the same id. */
  public abstract String getId();

  /** The {@link Stage} that rejected it, as text: "cleanse-sales". */
  public abstract String getStage();

  /** The system that it came from, as in the record. */
  public abstract String getSource();

  /** Where in the source it stands: the text of its {@link SourcePosition}. */
  public abstract String getPosition();

  /** The word of its {@link Reason}: "not_a_number", "out_of_calendar", "key_too_long", ... */
  public abstract String getReason();

  /** One sentence for a person, with the field's name and without personal data. */
  public abstract String getError();

  /** The record as it came, as JSON where it was a row. */
  public abstract String getPayload();

  public abstract Encoding getPayloadEncoding();

  @SchemaCreate
  public static DeadLetter create(
      String id,
      String stage,
      String source,
      String position,
      String reason,
      String error,
      String payload,
      Encoding payloadEncoding) {
    return new AutoValue_DeadLetter(
        id, stage, source, position, reason, error, payload, payloadEncoding);
  }

  /** The dead letter of a record that a step rejected. */
  public static DeadLetter of(Stage stage, SourceRecord record, RejectedException rejection) {
    return of(
        stage,
        record.getSource(),
        record.getPosition(),
        rejection,
        Payload.of(record.getColumns(), record.getValues()));
  }

  /** The dead letter of anything else that a step rejected. */
  public static DeadLetter of(
      Stage stage, String source, String position, RejectedException rejection, Payload payload) {
    return of(stage, source, position, rejection.reason(), rejection.getMessage(), payload);
  }

  /**
   * The dead letter of a record that was rejected. The source, the position and the error are made
   * printable: each may hold a key or a file's name, which is whatever somebody else made it. The
   * payload stays as it came.
   */
  public static DeadLetter of(
      Stage stage, String source, String position, Reason reason, String error, Payload payload) {
    String printableSource = PrintableText.line(source);
    String printablePosition = PrintableText.line(position);
    return create(
        idOf(printableSource, printablePosition, stage, reason),
        stage.text(),
        printableSource,
        printablePosition,
        reason.word(),
        PrintableText.line(error),
        payload.text(),
        payload.encoding());
  }

  /** Whether a step rejected it for a reason. */
  public boolean isFor(Reason reason) {
    return getReason().equals(reason.word());
  }

  /** The step that rejected it. */
  public Stage stage() {
    return Stage.stored(getStage());
  }

  /** Where in its source the record stands. */
  public SourcePosition position() {
    return new SourcePosition(getPosition());
  }

  /** The id that a failure of this record, in this stage, for this reason has. */
  private static String idOf(String source, String position, Stage stage, Reason reason) {
    return Hashing.sha256()
        .hashString(
            String.join("\u0001", source, position, stage.text(), reason.word()),
            StandardCharsets.UTF_16LE)
        .toString();
  }
}

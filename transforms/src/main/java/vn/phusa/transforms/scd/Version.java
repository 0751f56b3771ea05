package vn.phusa.transforms.scd;

import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.model.ChangeStamp;

/**
 * One version of a key: what held on [effective, expiry).
 *
 * @param effectiveMicros the first microsecond of it, since 1970-01-01 UTC
 * @param expiryMicros the first microsecond after it; null while it holds
 * @param deleted whether a delete at the source ended it
 * @param values every attribute in canonical text form, in the order of the dimension
 * @param said the same as the source said it, before rules made the values of it
 * @param opening the stamp of the change that opened it
 */
public record Version(
    long effectiveMicros,
    @Nullable Long expiryMicros,
    boolean deleted,
    List<@Nullable String> values,
    List<@Nullable String> said,
    ChangeStamp opening) {

  /** Whether it holds still. */
  public boolean current() {
    return expiryMicros == null;
  }
}

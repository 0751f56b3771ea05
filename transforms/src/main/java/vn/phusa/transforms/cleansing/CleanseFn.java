package vn.phusa.transforms.cleansing;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptor;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.errors.Stage;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.rules.Rules;

/**
 * Cleanses records; each comes out once, as the main output or as a dead letter.
 *
 * @param <T> what the records become
 */
final class CleanseFn<T> extends DoFn<SourceRecord, T> {
  private static final long serialVersionUID = 1L;

  private final Stage stage;
  private final Rules rules;
  private final SerializableFunction<Rules, Cleanser<T>> cleansers;
  private final TypeDescriptor<T> made;
  private final TupleTag<DeadLetter> deadLetters;
  private transient Cleanser<T> cleanser;

  CleanseFn(
      Stage stage,
      Rules rules,
      SerializableFunction<Rules, Cleanser<T>> cleansers,
      TupleTag<T> main,
      TupleTag<DeadLetter> deadLetters) {
    this.stage = stage;
    this.rules = rules;
    this.cleansers = cleansers;
    this.made = main.getTypeDescriptor();
    this.deadLetters = deadLetters;
  }

  /** Told by the tag: the coder cannot be found by a type variable. */
  @Override
  public TypeDescriptor<T> getOutputTypeDescriptor() {
    return made;
  }

  @Setup
  public void setup() {
    cleanser = cleansers.apply(rules);
  }

  @ProcessElement
  public void process(ProcessContext context) {
    SourceRecord record = context.element();
    try {
      context.output(cleanser.cleanse(record));
    } catch (RejectedException e) {
      context.output(deadLetters, DeadLetter.of(stage, record, e));
    }
  }
}

package vn.phusa.runners.jobs.failure;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.flink.runtime.client.JobCancellationException;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.address.UnresolvedSecretException;
import vn.phusa.pipelines.io.postgres.DatabaseFailedException;
import vn.phusa.pipelines.io.waiting.StopRequest;
import vn.phusa.pipelines.io.warehouse.ledger.AnotherRunActiveException;
import vn.phusa.pipelines.io.warehouse.schema.OtherRulesException;
import vn.phusa.transforms.errors.FailureOrigin;
import vn.phusa.transforms.errors.PrintableText;

/**
 * What a failure is to the shell and to a person.
 *
 * @param code the exit code
 * @param line one line that says why, without secrets and without data of the rows
 */
public record Failure(ExitCode code, String line) {

  public Failure {
    line = PrintableText.line(line);
  }

  /** Their messages are written for a person, and hold neither secrets nor rows. */
  private static final List<Class<? extends Throwable>> OF_WRONG_OPTIONS =
      List.of(UsageException.class, InvalidOptionException.class, UnresolvedSecretException.class);

  private static final String CANCELLED = "the job was cancelled by somebody else";

  /** What was stopped by a signal. */
  private static final Failure INTERRUPTION = new Failure(ExitCode.INTERRUPTED, "stopped");

  /** The failure that an exception, or one of its causes, stands for. */
  public static Failure of(Throwable e) {
    if (StopRequest.explains(e)) {
      return INTERRUPTION;
    }
    String step =
        first(e, StepFailedException.class::isInstance)
            .map(s -> ((StepFailedException) s).step() + ": ")
            .orElse("");
    Failure failure = known(e).orElseGet(() -> ofPipeline(e));
    return new Failure(failure.code, step + failure.line.lines().findFirst().orElse(""));
  }

  /** Whether it is worth trying again after a while. */
  public static boolean isRetryable(Throwable e) {
    if (StopRequest.explains(e)) {
      return false;
    }
    if (first(e, ServiceUnavailableException.class::isInstance).isPresent()) {
      return first(e, ServiceUnavailableException.class::isInstance)
          .map(s -> ((ServiceUnavailableException) s).isRetryable())
          .orElseThrow();
    }
    Optional<Throwable> parts = first(e, PartialFailureException.class::isInstance);
    if (parts.isPresent()) {
      return ((PartialFailureException) parts.get()).isRetryable();
    }
    ExitCode code = of(e).code;
    return code != ExitCode.WRONG_OPTIONS
        && code != ExitCode.ANOTHER_RUN_ACTIVE
        && problem(e).map(ServiceProblem::isRetryable).orElse(true)
        && OpenFiles.exhaustedBy(e).isEmpty()
        && first(e, Failure::isForGood).isEmpty();
  }

  private static boolean isForGood(Throwable e) {
    return e instanceof Error || e instanceof OtherRulesException || isCancelledJob(e);
  }

  private static Optional<Failure> known(Throwable e) {
    return Stream.<Optional<Failure>>of(
            first(e, c -> OF_WRONG_OPTIONS.stream().anyMatch(type -> type.isInstance(c)))
                .map(c -> new Failure(ExitCode.WRONG_OPTIONS, c.getMessage())),
            first(e, OutOfMemoryError.class::isInstance)
                .map(c -> new Failure(ExitCode.PIPELINE_FAILED, HeapExhaustion.line())),
            first(e, OtherRulesException.class::isInstance)
                .map(c -> new Failure(ExitCode.PIPELINE_FAILED, c.getMessage())),
            OpenFiles.exhaustedBy(e).map(line -> new Failure(ExitCode.PIPELINE_FAILED, line)),
            first(e, Failure::isCancelledJob)
                .map(c -> new Failure(ExitCode.PIPELINE_FAILED, CANCELLED)),
            first(e, AnotherRunActiveException.class::isInstance)
                .map(c -> new Failure(ExitCode.ANOTHER_RUN_ACTIVE, c.getMessage())),
            first(e, PartialFailureException.class::isInstance)
                .map(c -> new Failure(ExitCode.PIPELINE_FAILED, c.getMessage())),
            first(e, ServiceUnavailableException.class::isInstance)
                .map(c -> new Failure(ExitCode.SERVICE_UNUSABLE, c.getMessage())),
            problem(e).map(p -> new Failure(ExitCode.SERVICE_UNUSABLE, p.line())))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static boolean isCancelledJob(Throwable e) {
    return e instanceof JobCancellationException
        || (e instanceof PipelineEndedException ended && ended.isCancelled());
  }

  private static Failure ofPipeline(Throwable e) {
    Optional<Throwable> sql =
        first(e, SQLException.class::isInstance)
            .map(c -> c instanceof DatabaseFailedException named ? named.failure() : c);
    Throwable root =
        sql.orElseGet(() -> Optional.ofNullable(ExceptionUtils.getRootCause(e)).orElse(e));
    String what =
        root instanceof SQLException s
            ? "the database refused a statement (SQLState " + s.getSQLState() + ")"
            : isOurs(root) ? root.getMessage() : root.getClass().getSimpleName();
    return new Failure(
        ExitCode.PIPELINE_FAILED,
        what + FailureOrigin.place(root) + "; --verbose shows the stack trace");
  }

  /** A message of a class that is not ours may quote the row that it choked on. */
  private static boolean isOurs(Throwable e) {
    return e.getMessage() != null && e.getClass().getName().startsWith("vn.phusa.");
  }

  private static Optional<ServiceProblem> problem(Throwable e) {
    return ExceptionUtils.getThrowableList(e).stream()
        .flatMap(c -> ServiceProblem.of(c).stream())
        .findFirst();
  }

  private static Optional<Throwable> first(Throwable e, Predicate<Throwable> what) {
    return ExceptionUtils.getThrowableList(e).stream().filter(what).findFirst();
  }
}

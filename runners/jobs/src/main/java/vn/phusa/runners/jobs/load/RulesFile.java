package vn.phusa.runners.jobs.load;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import vn.phusa.runners.jobs.failure.UsageException;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.rules.RulesException;

/** The business rules that a launch is to use. */
public final class RulesFile {
  private static final int QUARTER_DAYS = 90;

  private RulesFile() {}

  /**
   * Reads them.
   *
   * @param file null: those built in
   * @throws UsageException if the file cannot be read, or is not right
   */
  public static Rules read(String file) {
    if (file == null) {
      return Rules.defaults();
    }
    try (Reader yaml = Files.newBufferedReader(Path.of(file))) {
      return Rules.load(yaml);
    } catch (RulesException e) {
      throw new UsageException("--rules: " + e.getMessage());
    } catch (IOException | UncheckedIOException e) {
      throw new UsageException("--rules: the file " + file + " cannot be read");
    }
  }

  /**
   * What to warn of: an exchange rate whose newest dated entry is older than a quarter. One without
   * a date has been chosen for ever.
   *
   * @param today the Vietnamese day
   */
  public static Optional<String> staleRate(Rules rules, LocalDate today) {
    return rules
        .exchangeRate()
        .newest()
        .filter(from -> from.isBefore(today.minusDays(QUARTER_DAYS)))
        .map(
            from ->
                "the newest exchange rate of the rules is of "
                    + from
                    + ": add newer ones to exchangeRate, or amounts become dong and dollars by it");
  }
}

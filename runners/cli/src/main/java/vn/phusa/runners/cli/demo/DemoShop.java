package vn.phusa.runners.cli.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import vn.phusa.options.DatabaseAddress;
import vn.phusa.options.KafkaAddress;
import vn.phusa.options.SampleOptions;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.runners.jobs.preflight.SampleData;
import vn.phusa.runners.samples.SampleEvents;
import vn.phusa.runners.samples.SampleShop;

/** The made-up shop of the embedded services, up to the present. */
public final class DemoShop implements SampleData {
  /** Events are numbered from then on at this rate, so that no two launches send the same. */
  private static final Instant FIRST_EVENT = Instant.parse("2025-01-01T00:00:00Z");

  private static final double EVENTS_PER_SECOND = 250;

  private final Clock clock;

  public DemoShop(Clock clock) {
    this.clock = clock;
  }

  @Override
  public boolean isThere(DatabaseAddress oltp) throws SQLException {
    try (Connection connection = Postgres.open(oltp)) {
      return SampleShop.isFilled(connection);
    }
  }

  @Override
  public String fill(DatabaseAddress oltp, SampleOptions options) throws SQLException {
    try (Connection connection = Postgres.open(oltp)) {
      return String.format(
          Locale.ROOT, "the sample shop has %,d rows", shop(options).writeTo(connection));
    }
  }

  @Override
  public String passADay(DatabaseAddress oltp, SampleOptions options) throws SQLException {
    SampleShop shop = shop(options);
    try (Connection connection = Postgres.open(oltp)) {
      for (int day = 1; ; day++) {
        long rows = shop.applyDay(connection, day, clock.instant());
        if (rows > 0) {
          return String.format(
              Locale.ROOT, "day %d passed in the sample shop: %,d rows changed or new", day, rows);
        }
      }
    }
  }

  @Override
  public void sendEvents(KafkaAddress kafka, SampleOptions options) {
    SampleEvents events = shop(options).events(FIRST_EVENT, EVENTS_PER_SECOND).dirty();
    events.send(kafka.resolve(), events.firstAt(clock.instant()), options.getSampleEvents());
  }

  private SampleShop shop(SampleOptions options) {
    return SampleShop.create(
        options.getSampleSeed(),
        options.getSampleCustomers(),
        options.getSampleOrders(),
        clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }
}

package vn.phusa.runners.cli.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.runners.jobs.preflight.SampleData;
import vn.phusa.runners.jobs.preflight.SampleSize;
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
  public String fill(DatabaseAddress oltp, SampleSize size) throws SQLException {
    try (Connection connection = Postgres.open(oltp)) {
      return String.format(
          Locale.ROOT, "the sample shop has %,d rows", shop(size).writeTo(connection));
    }
  }

  @Override
  public String passADay(DatabaseAddress oltp, SampleSize size) throws SQLException {
    SampleShop shop = shop(size);
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
  public void sendEvents(KafkaAddress kafka, SampleSize size) {
    SampleEvents events = shop(size).events(FIRST_EVENT, EVENTS_PER_SECOND).dirty();
    events.send(kafka.resolve(), events.firstAt(clock.instant()), size.events());
  }

  private SampleShop shop(SampleSize size) {
    return SampleShop.create(
        size.seed(),
        size.customers(),
        size.orders(),
        clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }
}

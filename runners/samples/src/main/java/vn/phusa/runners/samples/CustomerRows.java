package vn.phusa.runners.samples;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The customers, in the order in which they came. */
final class CustomerRows implements SampleTable.Rows {
  private static final List<String> POSTAL_CODES =
      List.of("700000", "100000", "550000", "180000", "900000", "810000", "71016", "10000", "abc");
  private static final List<String> SEGMENTS =
      List.of("Regular", "Regular", "VIP", "New", "Wholesale");
  private static final List<String> INCOMES =
      List.of(
          "low", "Low", "thấp", "middle", "Middle", "trung bình", "high", "cao", "High", "khác");
  private static final List<String> DEVICES = List.of("mobile", "mobile", "desktop", "tablet");
  private static final List<String> FREQUENCIES = List.of("weekly", "monthly", "rarely", "daily");
  private static final List<String> REGIONS = List.of("North", "Central", "South");

  private final ShopPlan plan;
  private final SalesCalendar calendar;
  private long written;

  CustomerRows(ShopPlan plan, SalesCalendar calendar) {
    this.plan = plan;
    this.calendar = calendar;
  }

  @Override
  public boolean writeNext(CopyLine line) {
    written++;
    write(line, written);
    if (written == plan.customers()) {
      writeWithoutId(line);
    }
    return written < plan.customers();
  }

  private void write(CopyLine line, long number) {
    // Some people are there twice, under two ids.
    SampleRandom chance = plan.random("twin", number);
    boolean twin = number > 1 && chance.chance(0.004);
    SampleRandom person = plan.random("person", twin ? chance.between(1, number - 1) : number);
    SampleRandom account = plan.random("account", number);

    boolean woman = person.chance(0.6);
    String name = People.fullName(person, woman);
    String email = People.email(person, name, person.between(1, 9999));
    String phone = TypedPhones.phone(person);
    LocalDate born = LocalDate.of(1950, 1, 1).plusDays(person.between(0, 20_500));

    Instant created = calendar.at((double) (number - 1) / plan.customers(), account);
    Instant modified = modified(account, created);
    line.text(ShopPlan.customerId(number))
        .text(account.orNull(account.orRarely(Typing.of(account, name), 0.002, "")))
        .text(account.orNull(account.orRarely(email, 0.002, "")))
        .text(account.orNull(account.orRarely(phone, 0.001, "")))
        .date(account.orNull(account.orRarely(born, 0.001, LocalDate.of(1900, 1, 1))))
        .text(account.orNull(People.gender(account, woman)))
        .date(account.orNull(created.atOffset(SalesCalendar.VIETNAM).toLocalDate()))
        .text(account.orNull(TypedCities.city(account)))
        .text(account.chance(0.7) ? null : account.pick(REGIONS))
        .text(account.orNull(account.pick(List.of("Vietnam", "Vietnam", "Việt Nam", "VN"))))
        .text(account.chance(0.3) ? null : account.pick(POSTAL_CODES))
        .text(account.orNull(account.pick(SEGMENTS)))
        .text(account.orNull(account.pick(INCOMES)))
        .money(account.orNull(spending(account)))
        .text(account.orNull(account.pick(DEVICES)))
        .text(SamplePlatforms.payment(account))
        .text(account.orNull(account.pick(FREQUENCIES)))
        .text(account.orNull(account.pick(REGIONS)))
        .instant(created)
        .instant(modified)
        .end();
  }

  /** Monthly spending in ten-thousandths of a dollar, whole cents: few spend much. */
  static long spending(SampleRandom random) {
    double share = random.unit();
    return Math.round(1_000 + 90_000 * share * share * share) * 100;
  }

  private Instant modified(SampleRandom random, Instant created) {
    if (random.chance(0.6)) {
      return created;
    }
    Instant later = created.plus(random.between(1, 400L * 24 * 60), ChronoUnit.MINUTES);
    return calendar.notAfterEnd(later, random);
  }

  /** The one that a test left behind: an id that is there and says nothing. */
  private void writeWithoutId(CopyLine line) {
    line.text("").text("test").text("").text("");
    line.date(null).text("").date(null).text("").text("").text("").text("").text("").text("");
    line.money(null).text("").text("").text("").text("");
    line.instant(plan.until()).instant(plan.until()).end();
  }
}

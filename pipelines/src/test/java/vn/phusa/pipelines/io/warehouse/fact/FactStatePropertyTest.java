package vn.phusa.pipelines.io.warehouse.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.cleansing.TransactionDeriver;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.Transaction;
import vn.phusa.transforms.rules.Rules;

/** Each column is of the newest state that told it, whatever came first and with what. */
class FactStatePropertyTest {
  private static final TransactionDeriver RULES = new TransactionDeriver(Rules.defaults());
  private static final FactTransactions TABLE = new FactTransactions(Rules.defaults());

  @Property(tries = 10_000)
  void anyOrderGroupingAndRepetitionGiveTheSameState(
      @ForAll("payments") List<Transaction> payments, @ForAll Random random) throws SQLException {
    FactState<Transaction> expected = folded(states(payments));
    List<Transaction> more = new ArrayList<>(payments);
    more.add(payments.get(random.nextInt(payments.size())));
    Collections.shuffle(more, random);
    List<FactState<Transaction>> parts = states(more);
    while (parts.size() > 1) {
      int i = random.nextInt(parts.size() - 1);
      parts.set(i, parts.get(i).with(TABLE, parts.remove(i + 1)));
    }
    FactState<Transaction> actual = parts.get(0);
    assertThat(actual.row().columns()).isEqualTo(expected.row().columns());
    assertThat(actual.row().contentHash()).isEqualTo(expected.row().contentHash());
    assertThat(actual.marks()).isEqualTo(expected.marks());
    assertThat(ColumnMarksJson.read(ColumnMarksJson.write(actual.marks())))
        .isEqualTo(actual.marks());
  }

  @Property(tries = 10_000)
  void eachColumnIsOfTheNewestThatReportedIt(@ForAll("payments") List<Transaction> payments)
      throws SQLException {
    Transaction folded = folded(states(payments)).fact();
    assertThat(folded.getStatus()).isEqualTo(newest(payments, "status", Transaction::getStatus));
    assertThat(folded.getOrderId())
        .isEqualTo(newest(payments, "order_id", Transaction::getOrderId));
    assertThat(folded.getPaymentMethodLocal())
        .isEqualTo(newest(payments, "payment_method", Transaction::getPaymentMethodLocal));
    assertThat(folded.getAmountUsd()).isEqualTo(newest(payments, "", Transaction::getAmountUsd));
  }

  private static <V> @Nullable V newest(
      List<Transaction> payments, String column, Function<Transaction, @Nullable V> value) {
    return payments.stream()
        .filter(payment -> !payment.getAbsent().contains(column))
        .max(Comparator.comparing(TABLE::toRow, FactRow.MARK_ORDER))
        .map(payment -> value.apply(payment))
        .orElse(null);
  }

  private static List<FactState<Transaction>> states(List<Transaction> payments) {
    List<FactState<Transaction>> states = new ArrayList<>();
    payments.forEach(payment -> states.add(FactState.of(TABLE, payment)));
    return states;
  }

  private static FactState<Transaction> folded(List<FactState<Transaction>> states)
      throws SQLException {
    FactState<Transaction> all = states.get(0);
    for (FactState<Transaction> state : states) {
      all = all.with(TABLE, state);
    }
    return Objects.requireNonNull(all);
  }

  @Provide
  Arbitrary<List<Transaction>> payments() {
    return Combinators.combine(
            stamps(), texts(), texts(), texts(), Arbitraries.integers().between(1, 9))
        .flatAs(
            (stamp, order, method, status, amount) ->
                (stamp.getCommitLsn() == null ? Arbitraries.just(List.<String>of()) : leftOut())
                    .map(absent -> payment(stamp, order, method, status, amount, absent)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(7);
  }

  private static Transaction payment(
      ChangeStamp stamp,
      @Nullable String order,
      @Nullable String method,
      @Nullable String status,
      int amount,
      List<String> absent) {
    String paid = absent.contains("payment_method") ? null : method;
    Transaction said =
        Transaction.builder()
            .setSource("test")
            .setPosition("p")
            .setStamp(stamp)
            .setOperation(Operation.UPSERT)
            .setTransactionId("T")
            .setTimeKey(20231114)
            .setOrderId(absent.contains("order_id") ? null : order)
            .setPaymentMethod(paid)
            .setStatus(absent.contains("status") ? null : status)
            .setAmountUsd(BigDecimal.valueOf(amount))
            .setAbsent(absent)
            .build();
    try {
      return RULES.derive(said);
    } catch (RejectedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Arbitrary<ChangeStamp> stamps() {
    Arbitrary<Long> time = Arbitraries.longs().between(1, 4);
    return Arbitraries.oneOf(
        Combinators.combine(time, time, Arbitraries.longs().between(100, 103))
            .as((t, o, lsn) -> ChangeStamp.captured(o, o, lsn, t.intValue())),
        Combinators.combine(time, time).as(ChangeStamp::observed),
        time.map(ChangeStamp::polled));
  }

  private static Arbitrary<@Nullable String> texts() {
    return Arbitraries.of("x", "y").injectNull(0.2);
  }

  private static Arbitrary<List<String>> leftOut() {
    return Arbitraries.of("order_id", "payment_method", "status")
        .set()
        .ofMaxSize(3)
        .map(names -> names.stream().sorted().toList());
  }
}

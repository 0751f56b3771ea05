package vn.phusa.pipelines.io.marketplace.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.marketplace.http.MarketplaceException;
import vn.phusa.pipelines.io.marketplace.paging.Paginator.Seen;
import vn.phusa.pipelines.io.marketplace.paging.Paginator.Turn;
import vn.phusa.pipelines.io.marketplace.spec.PagingKind;
import vn.phusa.pipelines.io.marketplace.spec.StreamSpec;

class PaginatorTest {
  private static final Instant FROM = Instant.parse("2024-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2024-03-01T00:00:00Z");

  private static Paginator turner(
      PagingKind kind, int limit, int first, @Nullable Long greatest, boolean ascending) {
    return new Paginator(
        "shop",
        new StreamSpec.ListRead(
            null,
            new StreamSpec.Paging(kind, limit, first, greatest, ascending, false),
            new StreamSpec.Since("epochSeconds", null, Duration.ofDays(15), null, null),
            null,
            null));
  }

  private static Seen seen(int records, @Nullable Long total) {
    return new Seen(records, total, null, null, null, null);
  }

  @Test
  void offsetsGoByTheRecordsThatCame() {
    Paginator turner = turner(new OffsetPaging(), 50, 0, null, false);
    PagePosition position = turner.first(FROM, END);
    position = turner.turn(position, seen(50, 120L)).position();
    assertThat(position.number()).isEqualTo(50);
    position = turner.turn(position, seen(50, 120L)).position();
    assertThat(turner.turn(position, seen(20, 120L)).position()).isNull();
  }

  @Test
  void aSmallerTotalGoesBackBeforeThePage() {
    Paginator turner = turner(new OffsetPaging(), 50, 0, null, false);
    PagePosition position = turner.first(FROM, END).next(100, "", 200L);
    assertThat(turner.turn(position, seen(50, 198L)).position().number()).isEqualTo(98);
    Paginator pages = turner(new PageNumberPaging(), 50, 1, null, false);
    assertThat(
            pages
                .turn(pages.first(FROM, END).next(4, "", 200L), seen(50, 198L))
                .position()
                .number())
        .isEqualTo(3);
  }

  @Test
  void pageNumbersEndAtTheLastPage() {
    Paginator turner = turner(new PageNumberPaging(), 20, 1, null, false);
    PagePosition position = turner.first(FROM, END);
    assertThat(position.number()).isEqualTo(1);
    Seen page = new Seen(20, 40L, null, null, 2L, null);
    position = turner.turn(position, page).position();
    assertThat(position.number()).isEqualTo(2);
    assertThat(turner.turn(position, page).position()).isNull();
  }

  @Test
  void cursorsEndWhenThereIsNoMore() {
    Paginator turner = turner(new CursorPaging(), 20, 0, null, false);
    PagePosition position = turner.first(FROM, END);
    position = turner.turn(position, new Seen(20, null, "c1", true, null, null)).position();
    assertThat(position.token()).isEqualTo("c1");
    PagePosition second = position;
    assertThat(turner.turn(second, new Seen(3, null, "c2", false, null, null)).position()).isNull();
    assertThat(turner.turn(second, new Seen(3, null, "", null, null, null)).position()).isNull();
    assertThatThrownBy(() -> turner.turn(second, new Seen(3, null, "c1", true, null, null)))
        .isInstanceOf(MarketplaceException.class);
  }

  /** Tokens that lead into a circle after a while, however long both are. */
  @Property(tries = 300)
  void aCircleOfTokensIsNoticed(@ForAll long seed) {
    Random random = new Random(seed);
    int circle = 1 + random.nextInt(40);
    int before = random.nextInt(40);
    Paginator turner = turner(new NextTokenPaging(), 20, 0, null, false);
    assertThatThrownBy(
            () -> {
              PagePosition position = turner.first(FROM, END);
              for (int page = 1; page < 4 * (before + circle) + 8; page++) {
                int token = page <= before ? page : before + 1 + (page - before - 1) % circle;
                Seen seen = new Seen(20, null, "t" + token, null, null, null);
                // As if each page were another process's.
                position = turner.turn(position, seen).position();
              }
            })
        .isInstanceOf(MarketplaceException.class)
        .hasMessage("shop: its pages lead in a circle");
  }

  @Test
  void manyPagesAreNoCircle() {
    Paginator turner = turner(new CursorPaging(), 20, 0, null, false);
    PagePosition position = turner.first(FROM, END);
    for (int page = 1; page < 1000; page++) {
      position = turner.turn(position, new Seen(20, null, "t" + page, true, null, null)).position();
    }
    assertThat(position.pages()).isEqualTo(999);
  }

  @Test
  void nextOffsetsMustGoOn() {
    Paginator turner = turner(new NextOffsetPaging(), 50, 0, null, false);
    PagePosition position =
        turner.turn(turner.first(FROM, END), new Seen(50, 200L, "50", true, null, null)).position();
    assertThat(position.number()).isEqualTo(50);
    assertThatThrownBy(() -> turner.turn(position, new Seen(50, 200L, "50", true, null, null)))
        .hasMessage("shop: its pages lead in a circle");
    assertThatThrownBy(() -> turner.turn(position, new Seen(50, 200L, "x", true, null, null)))
        .hasMessage("shop: the next offset is no number");
  }

  @Test
  void nextOffsetsAreCappedLikeOthers() {
    Paginator turner = turner(new NextOffsetPaging(), 50, 0, 100L, false);
    PagePosition position = turner.first(FROM, END);
    Turn turn = turner.turn(position, new Seen(50, 151L, "50", true, null, null));
    assertThat(turn.isPageUsed()).isFalse();
    assertThat(turn.position().to()).isEqualTo(position.from().plus(Duration.ofHours(180)));
    assertThat(turner.turn(position, new Seen(50, 150L, "50", true, null, null)).isPageUsed())
        .isTrue();
  }

  @Test
  void windowsAreNoLongerThanAllowedAndLeaveNothingBetween() {
    Paginator turner = turner(new CursorPaging(), 20, 0, null, false);
    PagePosition position = turner.first(FROM, END);
    Instant covered = FROM;
    while (position != null) {
      assertThat(Duration.between(position.from(), position.to()))
          .isLessThanOrEqualTo(Duration.ofDays(15));
      assertThat(position.from()).isBeforeOrEqualTo(covered);
      covered = position.to();
      position = turner.nextWindow(position);
    }
    assertThat(covered).isEqualTo(END);
  }

  @Test
  void aCappedListIsHalvedOrContinuesByTime() {
    Paginator halving = turner(new OffsetPaging(), 50, 0, 100L, false);
    PagePosition position = halving.first(FROM, END);
    Turn turn = halving.turn(position, seen(50, 1000L));
    assertThat(turn.isPageUsed()).isFalse();
    assertThat(turn.position().to()).isEqualTo(position.from().plus(Duration.ofHours(180)));

    Paginator anchoring = turner(new OffsetPaging(), 50, 0, 100L, true);
    Instant last = FROM.plusSeconds(5000);
    Turn anchored =
        anchoring.turn(position.next(100, "", 1000L), new Seen(50, 1000L, null, null, null, last));
    assertThat(anchored.isPageUsed()).isTrue();
    assertThat(anchored.position().from()).isEqualTo(last.minusSeconds(1));
    assertThat(anchored.position().number()).isZero();
    assertThatThrownBy(
            () ->
                anchoring.turn(
                    position.next(100, "", 1000L), new Seen(50, 1000L, null, null, null, FROM)))
        .hasMessageContaining("shop: more records changed at one time");
  }

  /** A list that loses records at any moment, wherever they stand, gives all others. */
  @Property(tries = 500)
  void recordsThatLeaveTheListCostNoOther(@ForAll long seed, @ForAll boolean byPage) {
    Random random = new Random(seed);
    int limit = 1 + random.nextInt(9);
    int first = byPage ? 1 : 0;
    Paginator turner =
        turner(byPage ? new PageNumberPaging() : new OffsetPaging(), limit, first, null, false);
    List<Integer> list = new ArrayList<>();
    for (int i = 0; i < random.nextInt(80); i++) {
      list.add(i);
    }
    TreeSet<Integer> read = new TreeSet<>();
    PagePosition position = turner.first(FROM, FROM.plusSeconds(10));
    for (int requests = 0; position != null; requests++) {
      assertThat(requests).as("requests").isLessThan(1000);
      int start = Math.toIntExact(byPage ? (position.number() - 1) * limit : position.number());
      List<Integer> page =
          list.subList(Math.min(start, list.size()), Math.min(start + limit, list.size()));
      read.addAll(page);
      position = turner.turn(position, seen(page.size(), (long) list.size())).position();
      for (int i = random.nextInt(3); i > 0 && !list.isEmpty(); i--) {
        list.remove(random.nextInt(list.size()));
      }
    }
    assertThat(read).containsAll(list);
  }
}

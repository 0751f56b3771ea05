package vn.phusa.transforms.scd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;

/** A rating is derived from two attributes, which may come from different changes. */
class RatingTest {
  private static final DimensionSpec PRODUCT = DimensionSpec.PRODUCT;

  @ParameterizedTest
  @CsvSource({"0.00, 0, ", "0.00, , ", "0.00, 3, 0.00", "4.50, 0, 4.50", ", 3, "})
  @DisplayName("A rating of 0 without reviews is null (unrated)")
  void whatStands(String rating, String reviews, String expected) {
    Version version = History.of(PRODUCT, List.of(whole(1, rating, reviews))).get(0);
    assertThat(rating(version.values())).isEqualTo(expected);
    assertThat(rating(version.said())).isEqualTo(rating);
  }

  @Test
  void aRatingOfZeroCountsWhereAnotherChangeToldOfReviews() {
    assertThat(inAnyOrder(whole(1, "4.50", "8"), partial(2, "rating", "0.00"))).isEqualTo("0.00");
  }

  @Test
  void aRatingThatWasNoneIsOneOnceThereAreReviews() {
    assertThat(inAnyOrder(whole(1, "0.00", null), partial(2, "review_count", "8")))
        .isEqualTo("0.00");
  }

  @Test
  void aRatingOfZeroIsNoneOnceThereAreNoReviewsAnyMore() {
    assertThat(inAnyOrder(whole(1, "0.00", "8"), partial(2, "review_count", "0"))).isNull();
  }

  /** The rating in every order and batching, which must be one. */
  private static @Nullable String inAnyOrder(Change... changes) {
    List<Change> all = new ArrayList<>(List.of(changes));
    String rating = rating(History.of(PRODUCT, all).get(0).values());
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Collections.shuffle(all, random);
      StoredKey key = new StoredKey(PRODUCT);
      for (int from = 0; from < all.size(); ) {
        int to = Math.min(all.size(), from + 1 + random.nextInt(2));
        key.apply(all.subList(from, to));
        from = to;
      }
      assertThat(key.versions()).isEqualTo(History.of(PRODUCT, all));
    }
    return rating;
  }

  private static @Nullable String rating(List<@Nullable String> values) {
    return values.get(PRODUCT.indexOf("rating"));
  }

  private static Change whole(long t, @Nullable String rating, @Nullable String reviews) {
    return Change.upsert(
        ChangeStamp.captured(t, t, 100 + t, 0),
        Arrays.asList("n", "c", "v", "b", "Tiki", "5.0000", "120000", "1", rating, reviews));
  }

  private static Change partial(long t, String column, String value) {
    String[] values = new String[PRODUCT.attributes().size()];
    int name = PRODUCT.indexOf("name");
    int carried = PRODUCT.indexOf(column);
    values[name] = "n";
    values[carried] = value;
    return Change.create(
        ChangeStamp.captured(t, t, 100 + t, 0),
        Operation.UPSERT,
        Arrays.asList(values),
        PRODUCT.allMask() & ~(1L << carried) & ~(1L << name));
  }
}

package vn.phusa.transforms.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static vn.phusa.transforms.mapping.StagedDocs.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.SourceRecord;

/** Whatever a payload holds, it is mapped or refused, and the refusal quotes nothing of it. */
class HostilePayloadTest {
  private static final String SECRET = "Nguyễn Bí Mật";

  private static final Map<String, String> EXAMPLES =
      Map.of(
          "lazada orders",
          "{\"order_number\":1,\"created_at\":\"x\",\"statuses\":[\"a\"],\"address_shipping\":{\"city\":\"c\"},\"payment_method\":\"COD\"}",
          "lazada products",
          "{\"item_id\":1,\"status\":\"a\",\"primary_category\":8,\"attributes\":{\"name\":\"n\"},\"skus\":[{\"Status\":\"active\",\"price\":1,\"special_price\":0,\"quantity\":1}]}",
          "shopee products",
          "{\"item_id\":1,\"price_info\":[{\"currency\":\"VND\",\"current_price\":1}],\"brand\":{\"original_brand_name\":\"b\"},\"stock_info_v2\":{\"summary_info\":{\"total_available_stock\":1}},\"item_status\":\"NORMAL\"}",
          "shopee orders",
          "{\"currency\":\"VND\",\"cod\":true,\"create_time\":1,\"recipient_address\":{\"state\":\"s\",\"name\":\"n\"},\"item_list\":[{\"item_id\":1,\"model_id\":0,\"model_quantity_purchased\":1,\"model_original_price\":1,\"model_discounted_price\":1}]}",
          "tiki products",
          "{\"id\":1,\"name\":\"n\",\"price\":1,\"attributes\":{\"brand\":{\"value\":\"b\"}},\"categories\":[{\"id\":1}],\"inventory\":{\"quantity\":1}}",
          "tiki orders",
          "{\"customer\":{\"id\":1,\"full_name\":\"n\"},\"shipping\":{\"address\":{\"region\":\"r\"}},\"items\":[{\"id\":1,\"product\":{\"id\":1},\"price\":1,\"qty\":1,\"invoice\":{\"row_total\":1,\"discount_amount\":1}}]}",
          "tiki buyers",
          "{\"customer\":{\"id\":1,\"full_name\":\"n\"}}",
          "sendo orders",
          "{\"sales_order\":{\"order_status\":8,\"order_date_time_stamp\":1},\"sku_details\":[{\"product_variant_id\":1,\"quantity\":1,\"price\":1,\"sub_total\":1}]}",
          "sendo products",
          "{\"id\":1,\"price\":1,\"final_price_min\":1,\"variants\":[{\"variant_price\":1}],\"status\":2}",
          "fptshop products",
          "{\"id\":1,\"name\":\"n\",\"price\":\"1\",\"review\":{\"average_rating\":1}}");

  static Stream<String> kinds() {
    return EXAMPLES.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyFieldMayHoldAnything(String kind) throws Exception {
    String platform = kind.substring(0, kind.indexOf(' '));
    String load = kind.substring(kind.indexOf(' ') + 1);
    ObjectMapper json = new ObjectMapper();
    List<String> payloads = new ArrayList<>();
    for (String value :
        List.of(
            "null",
            "true",
            "[]",
            "{}",
            "[null]",
            "[[1]]",
            "\"\"",
            "\"" + SECRET + "\"",
            "1e400",
            "-1e999999999",
            "9".repeat(90),
            "{\"a\":{\"b\":[\"" + SECRET + "\"]}}",
            "0")) {
      JsonNode hostile = read(json, value);
      ObjectNode tree = (ObjectNode) json.readTree(EXAMPLES.get(kind));
      everyPlace(tree, hostile, () -> payloads.add(tree.toString()));
    }
    assertThat(payloads).hasSizeGreaterThan(25);

    int rejected = 0;
    for (String payload : payloads) {
      Throwable failure =
          catchThrowable(
              () -> {
                for (SourceRecord record :
                    map(platform, load, "1", payload, Map.of("items", payload))) {
                  assertThat(record.getColumns()).doesNotHaveDuplicates().contains("last_modified");
                }
              });
      if (failure != null) {
        assertThat(failure).as(payload).isInstanceOf(RejectedException.class);
        assertThat(failure.getMessage()).doesNotContain(SECRET).doesNotContain("\n");
        rejected++;
      }
    }
    assertThat(rejected).as("of %s", payloads.size()).isLessThan(payloads.size());
  }

  private static JsonNode read(ObjectMapper json, String value) throws Exception {
    return json.reader()
        .with(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .readTree(value);
  }

  /** Puts the value in each place of the tree in turn. */
  private static void everyPlace(JsonNode node, JsonNode value, Runnable then) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        JsonNode old = object.get(name);
        object.set(name, value);
        then.run();
        object.set(name, old);
        everyPlace(old, value, then);
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        JsonNode old = array.get(i);
        array.set(i, value);
        then.run();
        array.set(i, old);
        everyPlace(old, value, then);
      }
    }
  }
}

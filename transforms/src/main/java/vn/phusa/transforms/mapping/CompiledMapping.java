package vn.phusa.transforms.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;

/** A mapping's expression, ready to be applied. Not safe for several threads. */
final class CompiledMapping {

  /** What an expression knows besides its sides. */
  static final Set<String> VARIABLES = Set.of("id", "words", "categories");

  private final String key;
  private final Expression expression;
  private final ObjectNode words = JsonNodeFactory.instance.objectNode();

  private CompiledMapping(String key, Expression expression) {
    this.key = key;
    this.expression = expression;
  }

  /**
   * Compiles it.
   *
   * @throws MappingException where the expression is not right
   */
  static CompiledMapping of(StagedKind kind) {
    String key = "loads." + kind.load() + ".record";
    Expression expression;
    try {
      expression =
          new Parser(new StringReader(kind.loadMapping().record()))
              .withSource(key)
              .withFunctions(MappingFunctions.ALL)
              // By default a null is left out; here absent and null are two things.
              .withObjectFilter("true")
              .compile();
    } catch (JsltException e) {
      throw new MappingException(
          kind.platform(), "\"" + key + "\"" + place(e) + ": " + e.getMessageWithoutLocation());
    }
    CompiledMapping compiled = new CompiledMapping(key, expression);
    kind.mapping()
        .words()
        .forEach((table, of) -> of.forEach(compiled.words.withObject("/" + table)::put));
    return compiled;
  }

  /**
   * The expression's value.
   *
   * @param sides what the side documents hold, null nodes where there is none
   * @param categories from a category's id to its name
   * @throws RejectedException {@link Reason#MAPPING_FAILED} where it has none
   */
  JsonNode apply(String id, JsonNode payload, Map<String, JsonNode> sides, ObjectNode categories)
      throws RejectedException {
    Map<String, JsonNode> variables = new HashMap<>(sides);
    variables.put("id", JsonNodeFactory.instance.textNode(id));
    variables.put("words", words);
    variables.put("categories", categories);
    try {
      return expression.apply(variables, payload);
    } catch (JsltException e) {
      // Its message may quote the record.
      throw failed(place(e));
    } catch (RuntimeException e) {
      throw failed(" (" + e.getClass().getSimpleName() + ")");
    }
  }

  private RejectedException failed(String where) {
    return new RejectedException(
        Reason.MAPPING_FAILED, "\"" + key + "\" cannot be applied to this record" + where);
  }

  private static String place(JsltException e) {
    return e.getSource() == null ? "" : " at line " + e.getLine();
  }
}

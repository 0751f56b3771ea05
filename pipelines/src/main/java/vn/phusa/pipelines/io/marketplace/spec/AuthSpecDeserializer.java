package vn.phusa.pipelines.io.marketplace.spec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads an authentication. Its keys are those of all kinds: who names another kind over a built-in
 * description need not take away the keys of the one before.
 */
final class AuthSpecDeserializer extends JsonDeserializer<AuthSpec> {
  private static final String KIND = "kind";
  private static final String CREDENTIALS = "credentials";

  @Override
  public @Nullable AuthSpec deserialize(JsonParser json, DeserializationContext context)
      throws IOException {
    if (!json.isExpectedStartObjectToken()) {
      return (AuthSpec) context.handleUnexpectedToken(AuthSpec.class, json);
    }
    AuthKind kind = null;
    Map<String, String> credentials = null;
    Map<String, String> keys = new LinkedHashMap<>();
    Set<String> known = keys();
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      json.nextToken();
      try {
        switch (key) {
          case KIND -> kind = context.readValue(json, AuthKind.class);
          case CREDENTIALS -> credentials = credentials(json, context);
          default -> {
            if (!known.contains(key)) {
              throw UnrecognizedPropertyException.from(json, AuthSpec.class, key, List.of());
            }
            keys.put(key, context.readValue(json, String.class));
          }
        }
      } catch (UnrecognizedPropertyException e) {
        throw e;
      } catch (JsonMappingException e) {
        throw JsonMappingException.wrapWithPath(e, AuthSpec.class, key);
      }
    }
    return new AuthSpec(kind, credentials, keys);
  }

  private static Set<String> keys() {
    return RegisteredKinds.all(AuthKind.class).stream()
        .flatMap(kind -> Stream.concat(kind.neededKeys().stream(), kind.optionalKeys().stream()))
        .collect(Collectors.toSet());
  }

  private static Map<String, String> credentials(JsonParser json, DeserializationContext context)
      throws IOException {
    return context.readValue(
        json,
        context.getTypeFactory().constructMapType(LinkedHashMap.class, String.class, String.class));
  }
}

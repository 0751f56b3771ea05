package vn.phusa.transforms.rules;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Names that are found whatever their case and white space; any other text stays as it is. */
public final class KnownNames {

  /** White space of any kind, the no-break spaces too. */
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

  private final Map<String, String> byFold = new HashMap<>();

  /** Texts as they came before: found without folding. */
  private final Map<String, String> bySpelling = new HashMap<>();

  private KnownNames(Map<String, String> names) {
    names.forEach(
        (spelling, name) -> {
          byFold.put(fold(spelling), name);
          bySpelling.put(spelling, name);
        });
  }

  /** Spelling to name, as paymentMethods in the rules. */
  public static KnownNames of(Map<String, String> names) {
    return new KnownNames(names);
  }

  /** Names that are found by themselves, as the platforms. */
  public static KnownNames of(List<String> names) {
    Map<String, String> itself = new HashMap<>();
    names.forEach(name -> itself.put(name, name));
    return new KnownNames(itself);
  }

  /** The known name, otherwise the text as it is; null for null. */
  public @Nullable String orSame(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String name = find(text);
    return name == null ? text : name;
  }

  /** The known name; null where there is none. */
  public @Nullable String find(String text) {
    String name = bySpelling.get(text);
    return name != null ? name : byFold.get(fold(text));
  }

  private static String fold(String text) {
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    return BLANKS
        .matcher(composed)
        .replaceAll(" ")
        .strip()
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }
}

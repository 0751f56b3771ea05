package vn.phusa.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.marketplace.spec.AuthKind;
import vn.phusa.pipelines.io.marketplace.spec.Credential;
import vn.phusa.pipelines.io.marketplace.spec.Kind;
import vn.phusa.pipelines.io.marketplace.spec.PagingKind;
import vn.phusa.pipelines.io.marketplace.spec.RegisteredKinds;

/** The kinds that docs/marketplaces.md lists are those that are registered, as they are. */
class MarketplaceKindsTest {
  private static final String DOCUMENT =
      Repository.text(Repository.root().resolve("docs/marketplaces.md"));

  @Test
  void theTableOfAuthenticationsIsThatOfTheRegistry() {
    String rows =
        RegisteredKinds.all(AuthKind.class).stream()
            .map(MarketplaceKindsTest::row)
            .collect(Collectors.joining());
    assertThat(DOCUMENT)
        .contains("| `kind` | credentials | further keys |\n|---|---|---|\n" + rows + "\n");
  }

  @Test
  void theListOfPagingsIsThatOfTheRegistry() {
    assertThat(DOCUMENT)
        .contains(
            "| `paging` (list) | `kind`: "
                + code(RegisteredKinds.all(PagingKind.class).stream().map(Kind::name))
                + "; ");
  }

  private static String row(AuthKind kind) {
    String credentials = names(kind.credentials());
    if (!kind.grants().isEmpty()) {
      credentials += ", and one of " + names(kind.grants()) + " to begin with";
    }
    String keys = code(Stream.concat(kind.neededKeys().stream(), kind.optionalKeys().stream()));
    return "| `%s` | %s | %s |\n".formatted(kind.name(), credentials, keys).replace("|  |", "| |");
  }

  private static String names(List<Credential> credentials) {
    return code(credentials.stream().map(Credential::name));
  }

  private static String code(Stream<String> names) {
    return names.map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }
}

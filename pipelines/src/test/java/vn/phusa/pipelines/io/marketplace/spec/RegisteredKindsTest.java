package vn.phusa.pipelines.io.marketplace.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.marketplace.auth.AuthenticationStrategy;
import vn.phusa.pipelines.io.marketplace.paging.PagingStrategy;

class RegisteredKindsTest {

  /** Two classes of one name are registered. */
  public interface Doubtful extends Kind {}

  public static class Salt implements Doubtful {
    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
      return "salt";
    }
  }

  public static final class AlsoSalt extends Salt {
    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
      return "SALT ";
    }
  }

  /** A class is registered that is not there. */
  public interface Missing extends Kind {}

  @Test
  void everyRegisteredKindCanBeCarriedOut() {
    assertThat(RegisteredKinds.all(AuthKind.class))
        .isNotEmpty()
        .allSatisfy(kind -> assertThat(kind.as(AuthenticationStrategy.class)).isSameAs(kind));
    assertThat(RegisteredKinds.all(PagingKind.class))
        .isNotEmpty()
        .allSatisfy(kind -> assertThat(kind.as(PagingStrategy.class)).isSameAs(kind));
  }

  @Test
  void upperAndLowerCaseAreTheSame() {
    assertThat(RegisteredKinds.named(AuthKind.class, " oauth2clientCREDENTIALS ").name())
        .isEqualTo("oauth2ClientCredentials");
    assertThatThrownBy(() -> RegisteredKinds.named(AuthKind.class, "oauth2"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void twoOfOneNameAreAMistakeOfTheProgram() {
    assertThatThrownBy(() -> RegisteredKinds.all(Doubtful.class))
        .isInstanceOf(LinkageError.class)
        .hasMessageContainingAll(Salt.class.getName(), AlsoSalt.class.getName(), "one name");
  }

  @Test
  void aClassThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> RegisteredKinds.all(Missing.class))
        .isInstanceOf(LinkageError.class)
        .hasMessageContaining("vn.phusa.NotThere");
  }

  @Test
  void aKindThatNobodyCarriesOutIsNamed() {
    assertThatThrownBy(() -> new Salt().as(PagingStrategy.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("salt", "PagingStrategy", Salt.class.getName());
  }
}

package vn.phusa.runners.embedded.junit;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import vn.phusa.runners.embedded.EmbeddedKafka;
import vn.phusa.runners.embedded.EmbeddedMarketplaces;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.EmbeddedRedis;
import vn.phusa.runners.embedded.EmbeddedServices;
import vn.phusa.runners.embedded.home.EmbeddedServiceException;

/**
 * Resolves parameters of the types {@link EmbeddedServices}, {@link EmbeddedPostgres}, {@link
 * EmbeddedMongo}, {@link EmbeddedKafka}, {@link EmbeddedRedis}, {@link EmbeddedMarketplaces} and
 * {@link FreshDatabase}. A service is started by the first test that asks for it and stopped after
 * the last test of the JVM; its data lie under {@code target/embedded-services} of the module and
 * are deleted at the next start. A fresh database is made once for each top-level test class.
 */
public final class EmbeddedServicesExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(EmbeddedServicesExtension.class);
  private static final int HOMES = 16;
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static final Map<Class<?>, Function<EmbeddedServices, Object>> SERVICES =
      Map.of(
          EmbeddedServices.class, services -> services,
          EmbeddedPostgres.class, EmbeddedServices::postgres,
          EmbeddedMongo.class, EmbeddedServices::mongo,
          EmbeddedKafka.class, EmbeddedServices::kafka,
          EmbeddedRedis.class, EmbeddedServices::redis,
          EmbeddedMarketplaces.class, EmbeddedServices::marketplaces);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == FreshDatabase.class || SERVICES.containsKey(type);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    EmbeddedServices services = services(context);
    return type == FreshDatabase.class
        ? freshDatabase(context, services.postgres())
        : SERVICES.get(type).apply(services);
  }

  /** The services of this JVM's tests, for extensions that build on them. */
  public static EmbeddedServices services(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            RunningServices.class,
            key -> new RunningServices(openFirstFreeHome()),
            RunningServices.class)
        .services();
  }

  /** Several JVMs may test one module at the same time; each gets a home of its own. */
  private static EmbeddedServices openFirstFreeHome() {
    Path folder = Path.of(System.getProperty("basedir", ""), "target", "embedded-services");
    for (int number = 1; ; number++) {
      try {
        return EmbeddedServices.forTests(folder.resolve(Integer.toString(number)));
      } catch (EmbeddedServiceException inUse) {
        if (number == HOMES) {
          throw inUse;
        }
      }
    }
  }

  private static FreshDatabase freshDatabase(ExtensionContext context, EmbeddedPostgres postgres) {
    ExtensionContext top = topLevelClass(context);
    return top.getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            OwnedDatabase.class,
            key -> OwnedDatabase.create(postgres, top.getRequiredTestClass()),
            OwnedDatabase.class)
        .database();
  }

  private static ExtensionContext topLevelClass(ExtensionContext context) {
    ExtensionContext top = context;
    while (top.getParent().flatMap(ExtensionContext::getTestClass).isPresent()) {
      top = top.getParent().orElseThrow();
    }
    return top;
  }

  /** Closed by JUnit after the JVM's last test. */
  private record RunningServices(EmbeddedServices services) implements CloseableResource {
    @Override
    public void close() {
      services.close();
    }
  }

  /** Closed by JUnit after the class. */
  private record OwnedDatabase(EmbeddedPostgres postgres, FreshDatabase database)
      implements CloseableResource {

    static OwnedDatabase create(EmbeddedPostgres postgres, Class<?> test) {
      String name =
          test.getSimpleName().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_")
              + "_"
              + DATABASES.incrementAndGet();
      try {
        String url = postgres.createDatabase(name);
        return new OwnedDatabase(
            postgres, new FreshDatabase(name, url, postgres.user(), postgres.password()));
      } catch (SQLException e) {
        throw new EmbeddedServiceException("Database " + name + " cannot be created", e);
      }
    }

    @Override
    public void close() throws SQLException {
      if (postgres.isRunning()) {
        postgres.dropDatabase(database.name());
      }
    }
  }
}

package vn.phusa.runners.cli;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import vn.phusa.runners.cli.ShopAndWarehouse.Ended;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.EmbeddedServicesExtension;

/**
 * Resolves a {@link ShopAndWarehouse}: a shop with its tables, which are empty, and a migrated
 * warehouse. One that is asked for before each test is the test's own, one that is asked for before
 * all tests is the class's; both are dropped with their owner.
 */
final class EmptyShop implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(EmptyShop.class);
  private static final AtomicInteger SHOPS = new AtomicInteger();

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ShopAndWarehouse.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Owned.class, key -> create(context), Owned.class)
        .databases();
  }

  private static Owned create(ExtensionContext context) {
    EmbeddedPostgres server = EmbeddedServicesExtension.services(context).postgres();
    String test = context.getRequiredTestClass().getSimpleName().toLowerCase(Locale.ROOT);
    try {
      Owned owned = new Owned(ShopAndWarehouse.in(server, test + "_" + SHOPS.incrementAndGet()));
      owned.databases().createShopTables();
      Ended migrated = owned.databases().onWarehouse("migrate");
      if (migrated.code() != 0) {
        throw new IllegalStateException("the warehouse is not migrated: " + migrated.all());
      }
      return owned;
    } catch (Exception e) {
      throw new IllegalStateException("no shop and warehouse for " + test, e);
    }
  }

  /** Closed by JUnit after the test or the class. */
  private record Owned(ShopAndWarehouse databases) implements CloseableResource {
    @Override
    public void close() throws Exception {
      databases.close();
    }
  }
}

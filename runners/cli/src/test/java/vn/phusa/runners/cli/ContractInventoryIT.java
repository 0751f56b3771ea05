package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import vn.phusa.options.address.SchemaName;
import vn.phusa.pipelines.flow.Route;
import vn.phusa.pipelines.io.kafka.sink.WriteTopic;
import vn.phusa.pipelines.io.redis.RedisWindowStore;
import vn.phusa.pipelines.io.staging.Staging;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.pipelines.io.warehouse.ledger.Watermarks;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseSchema;
import vn.phusa.runners.cli.command.FakeLaunch;
import vn.phusa.runners.cli.contract.CommittedText;
import vn.phusa.runners.cli.contract.PassedTexts;
import vn.phusa.runners.cli.contract.WarehouseInventory;
import vn.phusa.runners.cli.demo.TopicLayout;
import vn.phusa.runners.cli.main.Commands;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.Stage;
import vn.phusa.transforms.rules.Rules;

/**
 * What others rely on, and what is stored already: a change of it must be meant, so that it shows
 * as a change of the committed inventory.
 */
@WithEmbeddedServices
class ContractInventoryIT {
  private static final String FILE = "runners/cli/src/test/resources/contract-inventory.txt";

  @TempDir Path folder;
  private final StringBuilder inventory = new StringBuilder();

  @Test
  void theContractIsWhatIsCommitted(EmbeddedPostgres postgres) throws Exception {
    inventory.append("Generated: see docs/development.md, Generated files\n");
    PassedTexts texts = PassedTexts.below("vn.phusa");
    exitCodes();
    deadLetters(texts);
    section("Steps that count rows (etl_step)", texts.passedTo(StepId.class, "step"));
    section("Kinds of watermarks (etl_watermark)", texts.passedTo(Watermarks.class, "kind"));
    topics(texts);
    redis();
    section(
        "Collections of " + Staging.DATABASE + " (MongoDB)",
        texts.passedTo(Staging.class, "collection"));
    warehouse(postgres);
    commands();

    CommittedText.at(FILE).assertHolds(inventory.toString());
  }

  private void section(String title, Collection<String> lines) {
    assertThat(lines).as(title).isNotEmpty();
    inventory.append("\n# ").append(title).append('\n');
    lines.forEach(line -> inventory.append(line).append('\n'));
  }

  private void exitCodes() {
    section(
        "Exit codes",
        Arrays.stream(ExitCode.values()).map(code -> code.number() + " " + code).toList());
  }

  private void deadLetters(PassedTexts texts) {
    section("Stages of dead letters", texts.passedTo(Stage.class, "text"));
    section("Reasons of dead letters", texts.passedTo(Reason.class, "word"));
    section("Positions of dead letters", texts.passedTo(DeadLetter.class, "position"));
  }

  private void topics(PassedTexts texts) {
    section("Topics that are read", Route.ofTopics().stream().map(Route::topic).sorted().toList());
    section("Topics that are written", texts.passedTo(WriteTopic.class, "topic"));
    section(
        "Topics that an installation makes: partitions, retention",
        TopicLayout.all().stream()
            .map(topic -> topic.name() + " " + topic.partitions() + " " + topic.retention())
            .sorted()
            .toList());
  }

  private void redis() throws ReflectiveOperationException {
    TreeSet<String> keys = new TreeSet<>();
    for (Field field : RedisWindowStore.class.getDeclaredFields()) {
      if (field.getType() == String.class && Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        keys.add((String) field.get(null));
      }
    }
    keys.add(RedisWindowStore.key(Instant.EPOCH, "PLATFORM", "REGION"));
    section("Keys of Redis", keys);
  }

  private void warehouse(EmbeddedPostgres postgres) throws Exception {
    PGSimpleDataSource warehouse = new PGSimpleDataSource();
    warehouse.setUrl(postgres.createDatabase("contract_inventory"));
    warehouse.setUser(postgres.user());
    warehouse.setPassword(postgres.password());
    WarehouseSchema.migrate(warehouse, SchemaName.PUBLIC, Rules.defaults());
    try (Connection connection = warehouse.getConnection()) {
      section("The warehouse", WarehouseInventory.of(connection));
    }
  }

  private void commands() throws Exception {
    FakeLaunch launch = new FakeLaunch(folder);
    launch.run("help");
    section("help", List.of(launch.out().stripTrailing()));
    for (Command command : Commands.all()) {
      launch.run("help", command.name());
      String help = launch.out();
      launch.run(command.name(), "--help");
      assertThat(launch.out()).isEqualTo(help);
      section("help " + command.name(), List.of(help.stripTrailing()));
    }
  }
}

package vn.phusa.runners.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.cli.CapturedLog;
import vn.phusa.runners.cli.LoadedRows;
import vn.phusa.runners.cli.ShopAndWarehouse;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.samples.SampleShop;

/** A warehouse whose disk is full: that is said, and it is waited for. */
@WithEmbeddedServices
class FullDiskIT {
  private static final Duration LIMIT = Deadline.scaled(Duration.ofMinutes(2));
  private static final int MEGABYTE = 1 << 20;

  @TempDir private Path folder;
  private Path disk;
  private ShopAndWarehouse databases;

  /** A file system in memory of a few megabytes, where the warehouse's tables are. */
  @BeforeEach
  void makeSmallDisk(EmbeddedPostgres postgres) throws Exception {
    disk = Files.createDirectory(folder.toRealPath().resolve("disk"));
    assumeThat(succeeds("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", disk.toString()))
        .as("only root can mount a small disk, and here it cannot")
        .isTrue();
    Path tables = Files.createDirectory(disk.resolve("tables"));
    databases = ShopAndWarehouse.in(postgres, "full");
    try (Connection server = postgres.connect("postgres");
        Statement statement = server.createStatement()) {
      giveTo(dataOf(statement), tables);
      statement.execute("CREATE TABLESPACE small LOCATION '" + tables + "'");
      statement.execute("ALTER DATABASE full_warehouse SET TABLESPACE small");
    }
    try (Connection shop = databases.shop()) {
      SampleShop.create(7, 50, 4_000, Instant.parse("2025-06-30T12:00:00Z")).writeTo(shop);
    }
    ShopAndWarehouse.Ended migrated = databases.onWarehouse("migrate");
    assertThat(migrated.code()).as(migrated.all()).isZero();
  }

  @AfterEach
  void removeSmallDisk(EmbeddedPostgres postgres) throws Exception {
    if (databases != null) {
      databases.close();
      try (Connection server = postgres.connect("postgres");
          Statement statement = server.createStatement()) {
        statement.execute("DROP TABLESPACE IF EXISTS small");
      }
    }
    if (disk != null) {
      succeeds("umount", disk.toString());
    }
  }

  @Test
  void aLoadWaitsForRoomAndSaysWhy() throws Exception {
    Path filler = disk.resolve("filler");
    fill(filler);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (CapturedLog log = CapturedLog.begin()) {
      Future<ShopAndWarehouse.Ended> load = thread.submit(() -> databases.load("load-facts"));
      Awaitility.await()
          .atMost(LIMIT)
          .failFast(() -> assertThat(load.isDone()).as(log.text()).isFalse())
          .until(() -> log.text().contains("a batch of the warehouse again: its disk is full"));

      Files.delete(filler);

      ShopAndWarehouse.Ended ended = load.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(ended.code()).as(ended.all()).isZero();
    } finally {
      thread.shutdownNow();
    }
    assertThat(databases.countInWarehouse("SELECT count(*) FROM fact_sales")).isGreaterThan(2_000);
    assertThat(LoadedRows.unconservedSteps(databases)).isEmpty();
  }

  /** Up to a few pages. */
  private static void fill(Path filler) throws Exception {
    long room = Files.getFileStore(filler.getParent()).getUsableSpace() - MEGABYTE / 2;
    try (var out = Files.newOutputStream(filler)) {
      byte[] page = new byte[1 << 12];
      for (long written = 0; written < room; written += page.length) {
        out.write(page);
      }
    }
  }

  private static Path dataOf(Statement statement) throws Exception {
    try (var row = statement.executeQuery("SHOW data_directory")) {
      row.next();
      return Path.of(row.getString(1));
    }
  }

  /** The server's user, which may be another than this process's. */
  private static void giveTo(Path ownedByServer, Path tables) throws Exception {
    for (String attribute : new String[] {"unix:uid", "unix:gid"}) {
      Files.setAttribute(tables, attribute, Files.getAttribute(ownedByServer, attribute));
    }
  }

  private static boolean succeeds(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
  }
}

package vn.phusa.runners.jobs.preflight;

import java.net.URI;
import java.util.Locale;
import java.util.Properties;
import org.postgresql.Driver;

/** How to look into embedded services from a shell, without a password being shown. */
final class ShellCommand {
  private ShellCommand() {}

  static String psql(EmbeddedStores.Database database) {
    Properties parsed = Driver.parseURL(database.url(), null);
    return String.format(
        Locale.ROOT,
        "PGPASSWORD=$(cat %s) psql -h %s -p %s -U %s %s",
        quoted(database.passwordFile().toString()),
        parsed.getProperty("PGHOST"),
        parsed.getProperty("PGPORT"),
        database.user(),
        database.name());
  }

  /** It asks for the password: on its command line others could read it, and it takes no file. */
  static String mongosh(EmbeddedStores.Staging staging, String database) {
    return String.format(
        Locale.ROOT,
        "mongosh %s/%s --authenticationDatabase admin -u %s (password: cat %s)",
        staging.uri(),
        database,
        staging.user(),
        quoted(staging.passwordFile().toString()));
  }

  static String kafkaTopics(EmbeddedStores.Kafka kafka) {
    return String.format(
        Locale.ROOT,
        "kafka-topics.sh --bootstrap-server %s --command-config %s --list",
        kafka.bootstrapServers(),
        quoted(kafka.toolsFile().toString()));
  }

  static String redisCli(EmbeddedStores.Redis redis) {
    URI uri = URI.create(redis.uri());
    return String.format(
        Locale.ROOT,
        "REDISCLI_AUTH=$(cat %s) redis-cli -h %s -p %d",
        quoted(redis.passwordFile().toString()),
        uri.getHost(),
        uri.getPort());
  }

  private static String quoted(String path) {
    return path.matches("[A-Za-z0-9_./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }
}

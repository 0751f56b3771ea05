package vn.phusa.runners.local.service;

import java.net.URI;
import java.util.Properties;
import org.postgresql.Driver;
import vn.phusa.runners.local.backend.EmbeddedStores;

/** How to look into embedded services from a shell, without a password being shown. */
final class ShellCommand {
  private ShellCommand() {}

  static String psql(EmbeddedStores.Database database) {
    Properties parsed = Driver.parseURL(database.url(), null);
    return "PGPASSWORD=$(cat %s) psql -h %s -p %s -U %s %s"
        .formatted(
            quoted(database.passwordFile().toString()),
            parsed.getProperty("PGHOST"),
            parsed.getProperty("PGPORT"),
            database.user(),
            database.name());
  }

  static String mongosh(String uri, String database) {
    return "mongosh %s/%s".formatted(uri, database);
  }

  static String kafkaTopics(String bootstrapServers) {
    return "kafka-topics.sh --bootstrap-server %s --list".formatted(bootstrapServers);
  }

  static String redisCli(EmbeddedStores.Redis redis) {
    URI uri = URI.create(redis.uri());
    return "REDISCLI_AUTH=$(cat %s) redis-cli -h %s -p %d"
        .formatted(quoted(redis.passwordFile().toString()), uri.getHost(), uri.getPort());
  }

  private static String quoted(String path) {
    return path.matches("[A-Za-z0-9_./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }
}

package vn.phusa.runners.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker's own JVM: {@code KafkaProcess <properties file>}. It formats the storage on the first
 * start, and ends when its standard input does, that is, with the process that started it however
 * that ended.
 */
public final class KafkaProcess {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaProcess.class);

  private KafkaProcess() {}

  /**
   * Runs the broker until standard input ends or the JVM is asked to stop.
   *
   * @param arguments the broker's properties file
   */
  public static void main(String[] arguments) throws IOException {
    String configuration = arguments[0];
    formatIfNew(configuration);
    Thread parent = new Thread(KafkaProcess::exitWithStandardInput, "parent-watch");
    parent.setDaemon(true);
    parent.start();
    Kafka.main(new String[] {configuration});
  }

  private static void exitWithStandardInput() {
    try {
      // Nothing is ever sent; the pipe only lives as long as its other end.
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException broken) {
      LOG.info("Standard input broke, which means what its end means: {}", broken.toString());
    }
    Exit.exit(0);
  }

  private static void formatIfNew(String configuration) throws IOException {
    Properties properties = new Properties();
    try (InputStream file = Files.newInputStream(Path.of(configuration))) {
      properties.load(file);
    }
    if (Files.exists(Path.of(properties.getProperty("log.dirs"), "meta.properties"))) {
      return;
    }
    String[] line = {
      "format", "--config", configuration, "--cluster-id", Uuid.randomUuid().toString()
    };
    PrintStream quiet =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    int code = StorageTool.execute(line, quiet);
    if (code != 0) {
      throw new IOException("The broker's storage could not be formatted: code " + code);
    }
  }
}

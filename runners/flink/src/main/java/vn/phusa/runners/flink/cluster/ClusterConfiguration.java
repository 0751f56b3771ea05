package vn.phusa.runners.flink.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import vn.phusa.runners.embedded.home.Loopback;
import vn.phusa.runners.embedded.login.SecretFile;

/**
 * The configuration of a local cluster's processes. Flink's start scripts, which would compute a
 * TaskManager's memory, are not in its jars: each part is spelled out here.
 */
record ClusterConfiguration(
    ClusterFolders folders, ClusterKeys keys, ClusterPlan plan, int rpcPort, int restPort) {
  private static final int FRAMEWORK_HEAP = 128;
  private static final int FRAMEWORK_OFF_HEAP = 128;
  private static final int TASK_OFF_HEAP = 64;
  private static final int NETWORK = 64;
  private static final int MANAGED = 128;
  private static final int OVERHEAD = 192;
  private static final int JOB_MANAGER_HEAP = 512;

  /** Every job brings its classes anew, and those of ended jobs go only with a collection. */
  private static final int METASPACE = 512;

  /** As in the configuration that Flink's distribution has for Java 17. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.net",
          "java.io",
          "java.nio",
          "sun.nio.ch",
          "java.lang.reflect",
          "java.text",
          "java.time",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "java.util.concurrent.locks");

  private static final String LOGBACK =
      """
      <configuration>
        <statusListener class="ch.qos.logback.core.status.NopStatusListener"/>
        <appender name="file" class="ch.qos.logback.core.rolling.RollingFileAppender">
          <file>${log.file}</file>
          <rollingPolicy class="ch.qos.logback.core.rolling.FixedWindowRollingPolicy">
            <fileNamePattern>${log.file}.%i</fileNamePattern>
            <maxIndex>1</maxIndex>
          </rollingPolicy>
          <triggeringPolicy class="ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy">
            <maxFileSize>50MB</maxFileSize>
          </triggeringPolicy>
          <encoder><pattern>%d %-5level [%thread] %logger{36} - %msg%n</pattern></encoder>
        </appender>
        <root level="INFO"><appender-ref ref="file"/></root>
        <logger name="org.apache.pekko" level="WARN"/>
        <logger name="org.apache.flink.shaded.netty4.io.netty" level="ERROR"/>
      </configuration>
      """;

  /** Writes config.yaml, which has the keys' password, and logback.xml. */
  void write() throws IOException {
    String yaml =
        settings().entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue() + "\n")
            .collect(Collectors.joining());
    SecretFile.write(folders.configuration().resolve("config.yaml"), yaml);
    Files.writeString(folders.configuration().resolve("logback.xml"), LOGBACK);
  }

  /** The JVM of the JobManager. */
  List<String> jobManagerJvm() {
    List<String> flags = new ArrayList<>(opened());
    flags.add("-Xmx" + JOB_MANAGER_HEAP + "m");
    flags.add("-XX:MaxMetaspaceSize=" + METASPACE + "m");
    return flags;
  }

  /** The JVM of a TaskManager: the memory that its configuration promises. */
  List<String> taskManagerJvm() {
    List<String> flags = new ArrayList<>(opened());
    flags.add("-Xmx" + (plan.taskHeapMegabytes() + FRAMEWORK_HEAP) + "m");
    flags.add("-XX:MaxDirectMemorySize=" + (FRAMEWORK_OFF_HEAP + TASK_OFF_HEAP + NETWORK) + "m");
    flags.add("-XX:MaxMetaspaceSize=" + METASPACE + "m");
    return flags;
  }

  private static List<String> opened() {
    return OPENED.stream().map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED").toList();
  }

  private Map<String, String> settings() throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    addresses(settings);
    keys.settings().forEach((key, value) -> settings.put(key, quoted(value)));
    memory(settings);
    state(settings);
    // A killed process is noticed soon, a slow machine is not taken for a dead one.
    settings.put("heartbeat.interval", "1000");
    settings.put("heartbeat.timeout", "10000");
    // So that a click on Flink's own page does neither. It keeps nobody from POST /jobs, by which
    // our client submits too: that is what the client certificates are for.
    settings.put("web.submit.enable", "false");
    settings.put("web.cancel.enable", "false");
    return settings;
  }

  private void addresses(Map<String, String> settings) {
    settings.put("jobmanager.rpc.address", Loopback.HOST);
    settings.put("jobmanager.rpc.port", Integer.toString(rpcPort));
    settings.put("jobmanager.bind-host", Loopback.HOST);
    settings.put("taskmanager.host", Loopback.HOST);
    settings.put("taskmanager.bind-host", Loopback.HOST);
    settings.put("rest.address", Loopback.HOST);
    settings.put("rest.bind-address", Loopback.HOST);
    settings.put("rest.port", Integer.toString(restPort));
  }

  private void memory(Map<String, String> settings) {
    settings.put("taskmanager.numberOfTaskSlots", Integer.toString(plan.slots()));
    settings.put("taskmanager.cpu.cores", "1.0");
    settings.put("taskmanager.memory.task.heap.size", megabytes(plan.taskHeapMegabytes()));
    settings.put("taskmanager.memory.task.off-heap.size", megabytes(TASK_OFF_HEAP));
    settings.put("taskmanager.memory.framework.heap.size", megabytes(FRAMEWORK_HEAP));
    settings.put("taskmanager.memory.framework.off-heap.size", megabytes(FRAMEWORK_OFF_HEAP));
    settings.put("taskmanager.memory.network.min", megabytes(NETWORK));
    settings.put("taskmanager.memory.network.max", megabytes(NETWORK));
    settings.put("taskmanager.memory.managed.size", megabytes(MANAGED));
    settings.put("taskmanager.memory.jvm-metaspace.size", megabytes(METASPACE));
    settings.put("taskmanager.memory.jvm-overhead.min", megabytes(OVERHEAD));
    settings.put("taskmanager.memory.jvm-overhead.max", megabytes(OVERHEAD));
  }

  private void state(Map<String, String> settings) {
    settings.put("io.tmp.dirs", quoted(folders.temporary().toString()));
    settings.put("state.backend.type", "rocksdb");
    settings.put("state.backend.incremental", "true");
    // Else a file for every task of every attempt stays among the logs.
    settings.put("state.backend.rocksdb.log.dir", quoted(folders.temporary().toString()));
    settings.put("state.checkpoints.dir", quoted(folders.checkpoints().toUri().toString()));
    settings.put("state.savepoints.dir", quoted(folders.savepoints().toUri().toString()));
    // The newest may be incomplete where the JobManager was killed.
    settings.put("state.checkpoints.num-retained", "2");
  }

  private static String megabytes(int number) {
    return number + "m";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}

package vn.phusa.runners.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.runners.embedded.home.EmbeddedServiceException;
import vn.phusa.runners.embedded.home.FileTrees;
import vn.phusa.runners.embedded.home.PrivateFiles;
import vn.phusa.runners.embedded.login.SecretFile;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.embedded.process.FolderProcesses;
import vn.phusa.runners.embedded.process.ProgramRun;
import vn.phusa.runners.embedded.process.UnprivilegedLaunch;

/** PostgreSQL's own programs at work on one data folder: made, started, stopped, crashed. */
final class PostgresCluster {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);
  private static final Duration START = Deadline.scaled(Duration.ofMinutes(2));
  private static final Duration STOP = Deadline.scaled(Duration.ofMinutes(1));
  private static final Duration KILL = Deadline.scaled(Duration.ofSeconds(20));

  /** Where initdb would look for the user's language and time; the data must not depend on that. */
  private static final Map<String, String> ENVIRONMENT = Map.of("LC_ALL", "C", "TZ", "UTC");

  /** "postgres (PostgreSQL) 18.6": the major version. */
  private static final Pattern VERSION = Pattern.compile("PostgreSQL\\) (\\d+)");

  private final Path binaries;
  private final UnprivilegedLaunch launch;
  private final Path folder;
  private final Path data;
  private final Path log;
  private final FolderProcesses processes;

  /**
   * @param binaries the folder with bin, lib and share
   * @param launch how to start them
   * @param folder an existing folder for the data and the log
   */
  PostgresCluster(Path binaries, UnprivilegedLaunch launch, Path folder) {
    this.binaries = binaries;
    this.launch = launch;
    this.folder = folder;
    this.data = folder.resolve("data");
    this.log = folder.resolve("postgres.log");
    this.processes = new FolderProcesses("postgres", data);
  }

  /** Whether there is a data folder that was made before. */
  boolean exists() {
    return Files.exists(data);
  }

  /**
   * Makes the data folder where there is none, with one user who needs the password.
   *
   * @param durable whether to wait until all of it is on the disk
   */
  void createIfAbsent(String user, String password, boolean durable) throws IOException {
    if (exists()) {
      launch.own(data);
      requireSameVersion();
      return;
    }
    // Made beside and renamed: a data folder is there whole or not at all.
    Path half = folder.resolve("data.new");
    Path passwordFile = folder.resolve("initdb.password");
    FileTrees.delete(half);
    try {
      SecretFile.write(passwordFile, password + "\n");
      launch.own(passwordFile);
      ProgramRun.Result result = initdb(half, user, passwordFile, "C.UTF-8", durable);
      if (!result.isSuccess()) {
        // A C library without C.UTF-8: upper and lower case of letters beyond ASCII are lost,
        // nothing else.
        FileTrees.delete(half);
        result = initdb(half, user, passwordFile, "C", durable);
      }
      if (!result.isSuccess()) {
        throw new EmbeddedServiceException("initdb failed: " + result.summary());
      }
      Files.move(half, data, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(passwordFile);
    }
  }

  /**
   * The data of one major version are no other's to read, and the programs that would convert them
   * are not among the embedded ones.
   */
  private void requireSameVersion() throws IOException {
    ProgramRun.Result made =
        ProgramRun.run(KILL, Map.of(), launch.line("cat", data.resolve("PG_VERSION").toString()));
    if (!made.isSuccess()) {
      throw new EmbeddedServiceException(
          data + " is no data folder of PostgreSQL (it has no PG_VERSION); move it away");
    }
    ProgramRun.Result programs =
        ProgramRun.run(KILL, ENVIRONMENT, launch.line(program("postgres"), "--version"));
    Matcher version = VERSION.matcher(programs.output());
    if (!version.find()) {
      throw new EmbeddedServiceException("postgres --version: " + programs.summary());
    }
    String old = made.output().strip();
    if (!old.equals(version.group(1))) {
      throw new EmbeddedServiceException(
          "PostgreSQL "
              + version.group(1)
              + " cannot read the data in "
              + data
              + ", which PostgreSQL "
              + old
              + " made; to start anew beside them: mv "
              + folder
              + " "
              + folder
              + "-"
              + old
              + "; to keep them, dump them with a PostgreSQL "
              + old
              + " (docs/security.md)");
    }
  }

  /**
   * Starts the server and waits until it takes connections.
   *
   * @return whether it started; its log says why not
   */
  boolean start(List<String> settings) throws IOException {
    removeStalePid();
    Files.deleteIfExists(log); // it may be another user's, from when root started it otherwise
    String[] line = {
      program("pg_ctl"),
      "start",
      "-w",
      "-s",
      "-t",
      Long.toString(START.toSeconds()),
      "-D",
      data.toString(),
      "-o",
      String.join(" ", settings)
    };
    boolean started = false;
    try {
      // The log is ours to open: the user that the server will be need not reach it.
      started =
          ProgramRun.run(START.plusSeconds(10), ENVIRONMENT, launch.line(line), log).isSuccess();
      return started;
    } finally {
      if (!started) {
        processes.kill(KILL);
      }
    }
  }

  /** The log's last lines, on one line. */
  String lastLog() throws IOException {
    return new ProgramRun.Result(1, Files.readString(log)).summary();
  }

  boolean isRunning() {
    return !processes.running().isEmpty();
  }

  /**
   * Stops the server cleanly; connections are closed, open transactions rolled back. Harmless when
   * it does not run.
   */
  void stop() throws IOException {
    if (!isRunning()) {
      return;
    }
    for (String mode : List.of("fast", "immediate")) {
      String[] line = {
        program("pg_ctl"),
        "stop",
        "-w",
        "-s",
        "-t",
        Long.toString(STOP.toSeconds()),
        "-m",
        mode,
        "-D",
        data.toString()
      };
      ProgramRun.Result result =
          ProgramRun.run(STOP.plusSeconds(10), ENVIRONMENT, launch.line(line));
      if (result.isSuccess() && Deadline.await(KILL, () -> !isRunning())) {
        return;
      }
      LOG.warn("PostgreSQL did not stop ({}): {}", mode, result.summary());
    }
    processes.kill(KILL);
  }

  /** Ends the server and its children as a crash would. */
  void kill() {
    processes.kill(KILL);
  }

  /**
   * PostgreSQL trusts its pid file as long as any process has that number: another program's after
   * the machine or the container was started anew, or a dead one that nobody waited for. Nothing
   * works in this folder, so the file is stale.
   */
  private void removeStalePid() throws IOException {
    if (isRunning()) {
      throw new EmbeddedServiceException(
          "PostgreSQL still runs in " + data + " (process " + processes.pids() + ")");
    }
    ProgramRun.Result result =
        ProgramRun.run(
            KILL, Map.of(), launch.line("rm", "-f", data.resolve("postmaster.pid").toString()));
    if (!result.isSuccess()) {
      throw new EmbeddedServiceException("postmaster.pid cannot be removed: " + result.summary());
    }
  }

  private ProgramRun.Result initdb(
      Path target, String user, Path passwordFile, String ctype, boolean durable)
      throws IOException {
    launch.own(PrivateFiles.folder(target));
    String[] line = {
      program("initdb"),
      "--pgdata=" + target,
      "--username=" + user,
      "--pwfile=" + passwordFile,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--lc-ctype=" + ctype,
      durable ? "--no-instructions" : "--no-sync"
    };
    return ProgramRun.run(START, Map.of("TZ", "UTC"), launch.line(line));
  }

  private String program(String name) {
    return binaries.resolve("bin").resolve(name).toString();
  }
}

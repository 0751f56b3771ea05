package vn.phusa.runners.cli.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import vn.phusa.runners.cli.Phusa;
import vn.phusa.runners.cli.console.Console;
import vn.phusa.runners.cli.main.Commands;
import vn.phusa.runners.jobs.failure.ExitCode;

/** The command line in a world in memory. */
public final class FakeLaunch {
  final FakeBackend backend;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /**
   * @param folder for the password's file
   */
  public FakeLaunch(Path folder) throws IOException {
    backend = new FakeBackend(Files.writeString(folder.resolve("password"), "hunter2\n"));
  }

  public ExitCode run(String... arguments) {
    out.reset();
    err.reset();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            80);
    return new Phusa(
            Commands.all(),
            () -> backend,
            console,
            Clock.fixed(backend.ledger.now, ZoneOffset.UTC),
            duration -> {})
        .run(arguments);
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}

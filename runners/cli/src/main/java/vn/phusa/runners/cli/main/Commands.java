package vn.phusa.runners.cli.main;

import java.util.List;
import vn.phusa.runners.cli.Command;
import vn.phusa.runners.cli.command.ExtractCommand;
import vn.phusa.runners.cli.command.MigrateCommand;
import vn.phusa.runners.cli.command.ReplayCommand;
import vn.phusa.runners.cli.command.RunCommand;
import vn.phusa.runners.cli.command.StatusCommand;
import vn.phusa.runners.cli.command.StepCommand;
import vn.phusa.runners.cli.command.StreamCommand;
import vn.phusa.runners.cli.demo.DemoCommand;

/** The commands that there are, in the order of {@code help}. */
public final class Commands {
  private Commands() {}

  public static List<Command> all() {
    return List.of(
        new DemoCommand(),
        new RunCommand(),
        new ExtractCommand(),
        StepCommand.loadDimensions(),
        StepCommand.loadFacts(),
        StepCommand.refreshMarts(),
        StepCommand.rederive(),
        new StreamCommand(),
        new ReplayCommand(),
        new MigrateCommand(),
        new StatusCommand());
  }
}

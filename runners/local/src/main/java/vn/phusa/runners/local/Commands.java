package vn.phusa.runners.local;

import java.util.List;
import vn.phusa.runners.local.commands.DemoCommand;
import vn.phusa.runners.local.commands.ExtractCommand;
import vn.phusa.runners.local.commands.MigrateCommand;
import vn.phusa.runners.local.commands.ReplayCommand;
import vn.phusa.runners.local.commands.RunCommand;
import vn.phusa.runners.local.commands.StatusCommand;
import vn.phusa.runners.local.commands.StepsCommand;
import vn.phusa.runners.local.commands.StreamCommand;

/** The commands that there are, in the order of {@code help}. */
final class Commands {
  private Commands() {}

  static List<Command> all() {
    return List.of(
        new DemoCommand(),
        new RunCommand(),
        new ExtractCommand(),
        StepsCommand.loadDimensions(),
        StepsCommand.loadFacts(),
        StepsCommand.refreshMarts(),
        new StreamCommand(),
        new ReplayCommand(),
        new MigrateCommand(),
        new StatusCommand());
  }
}

package vn.phusa.runners.flink;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import vn.phusa.runners.cli.console.Console;
import vn.phusa.runners.cli.main.Main;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.transforms.errors.PrintableText;

/**
 * Where the production jar enters: {@code flink run phusa.jar COMMAND [--option=value ...]}, with
 * the words of {@code ./phusa}. It ends the process with an {@link ExitCode}, so it is not for a
 * cluster's "Submit new job" page, whose process would be the one that ends.
 */
public final class FlinkMain {
  private FlinkMain() {}

  /** Does what the words say on Flink, and ends the process. */
  public static void main(String[] arguments) throws URISyntaxException {
    ProductionArguments production = new ProductionArguments(Arrays.asList(arguments));
    production
        .refusal()
        .ifPresent(
            why -> {
              Console.ofProcess().err().println("phusa: " + PrintableText.line(why));
              System.exit(ExitCode.WRONG_OPTIONS.number());
            });
    Main.main(production.completed(ownJar()).toArray(new String[0]));
  }

  private static Path ownJar() throws URISyntaxException {
    return Path.of(FlinkMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}

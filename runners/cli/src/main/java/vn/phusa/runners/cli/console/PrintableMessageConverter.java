package vn.phusa.runners.cli.console;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.PrintableText;

/** The message of a line of the log, as one line whatever it quotes. */
public final class PrintableMessageConverter extends MessageConverter {

  @Override
  public @Nullable String convert(ILoggingEvent event) {
    String message = super.convert(event);
    return message == null ? null : PrintableText.line(message);
  }
}

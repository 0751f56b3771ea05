package vn.phusa.runners.embedded.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The user whose files this process makes, by Linux's /proc, and those of the files there are. */
public final class ProcessUser {
  public static final int ROOT = 0;

  /** Whom root becomes for programs that refuse root. */
  public static final int NOBODY = 65534;

  /** Real, effective, saved, file system. */
  private static final Pattern UID = Pattern.compile("(?m)^Uid:\\s+\\d+\\s+\\d+\\s+\\d+\\s+(\\d+)");

  private ProcessUser() {}

  static int uid() throws IOException {
    Matcher line = UID.matcher(Files.readString(Path.of("/proc/self/status")));
    if (!line.find()) {
      throw new IOException("/proc/self/status does not say whose this process is");
    }
    return Integer.parseInt(line.group(1));
  }

  public static boolean isRoot() throws IOException {
    return uid() == ROOT;
  }

  /** The number of the user that a file belongs to; of a link itself, not of what it leads to. */
  public static int ownerOf(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  /** The name of the user that a file belongs to, or the number where there is no name. */
  static String ownersName(Path path) throws IOException {
    return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
  }
}

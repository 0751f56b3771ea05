package vn.phusa.runners.cli.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A machine of its own for a client, as far as Linux has one: namespaces of network, processes and
 * host name, with one cable to this machine. It can be taken away without a word to whoever talks
 * with it. What listens on this machine's loopback is reached from there under the same addresses.
 * Needs root and iproute2.
 */
final class RemovableMachine implements AutoCloseable {
  /** What such a machine calls itself. */
  static final String HOST = "elsewhere";

  private static final int SECONDS = 30;

  private final String name;
  private final String here;
  private final String network;

  private RemovableMachine(String name, String here, String network) {
    this.name = name;
    this.here = here;
    this.network = network;
  }

  /** The addresses that such machines have. */
  static String networks() {
    return "10.213.0.0/16";
  }

  /** Whether there can be one; it is tried. */
  static boolean isAllowed() {
    try (RemovableMachine machine = create(255)) {
      Process process =
          new ProcessBuilder(machine.on(List.of("true"))).redirectErrorStream(true).start();
      return process.waitFor(SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  /**
   * Sets one up.
   *
   * @param number 0 to 255, of its own among those that are there
   * @throws IOException if the system does not let it
   */
  static RemovableMachine create(int number) throws IOException, InterruptedException {
    String name = "phusa-test-" + number;
    String network = "10.213." + number + ".";
    RemovableMachine machine = new RemovableMachine(name, "phusa" + number, network);
    machine.close();
    String there = "phusa" + number + "b";
    try {
      ip("netns", "add", name);
      ip("link", "add", machine.here, "type", "veth", "peer", "name", there, "netns", name);
      ip("addr", "add", network + "1/30", "dev", machine.here);
      ip("link", "set", machine.here, "up");
      ip("-n", name, "addr", "add", network + "2/30", "dev", there);
      ip("-n", name, "link", "set", there, "up");
      // Its own loopback stays down: the addresses of loopback are this machine's.
      Files.writeString(setting(machine.here), "1");
      run(List.of("ip", "netns", "exec", name, "sh", "-c", "echo 1 > " + setting(there)));
      ip("-n", name, "route", "add", "127.0.0.1/32", "via", network + "1", "src", network + "2");
      // What is still sent to it when it is gone goes nowhere.
      ip("route", "add", "blackhole", network + "0/30", "metric", "4000");
      return machine;
    } catch (IOException | InterruptedException e) {
      machine.close();
      throw e;
    }
  }

  private static Path setting(String device) {
    return Path.of("/proc/sys/net/ipv4/conf", device, "route_localnet");
  }

  /** The words that run a program there. */
  List<String> on(List<String> arguments) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name, "unshare", "--uts"));
    all.addAll(List.of("--pid", "--fork", "--kill-child", "--mount-proc"));
    all.addAll(List.of("sh", "-c", "hostname " + HOST + " && exec \"$@\"", "sh"));
    all.addAll(arguments);
    return all;
  }

  /**
   * Takes it away: first its cable, so that nobody hears of the end of its processes.
   *
   * @param client what was started there
   */
  void remove(Process client) throws IOException, InterruptedException {
    ip("-n", name, "link", "set", here + "b", "down");
    client.descendants().forEach(ProcessHandle::destroyForcibly);
    client.destroyForcibly();
    if (!client.waitFor(SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("a client outlives its machine");
    }
    ip("link", "del", here);
    ip("netns", "del", name);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    for (List<String> leftover :
        List.of(
            List.of("ip", "link", "del", here),
            List.of("ip", "netns", "del", name),
            List.of("ip", "route", "del", "blackhole", network + "0/30"))) {
      Process process = new ProcessBuilder(leftover).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      process.waitFor(SECONDS, TimeUnit.SECONDS);
    }
  }

  private static void ip(String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("ip"));
    line.addAll(List.of(arguments));
    run(line);
  }

  private static void run(List<String> line) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(String.join(" ", line) + ": " + said.strip());
    }
  }
}

package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.phusa.runners.cli.ShopAndWarehouse.Ended;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/**
 * Marketplaces and a staging database that are set up wrongly: one line that names what is wrong,
 * the right exit code, no secret; and what could be checked before anything was started is.
 */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrongExtractionIT {
  private static final String SECRET = "hunter2-not-for-you";

  private Path folder;
  private EmbeddedMongo mongo;
  private ShopAndWarehouse databases;

  @BeforeAll
  void open(@TempDir Path home, EmbeddedPostgres postgres, EmbeddedMongo staging) throws Exception {
    folder = home;
    mongo = staging;
    databases = ShopAndWarehouse.in(postgres, "wrong_extraction");
    assertThat(databases.onWarehouse("migrate").code()).isZero();
    Files.writeString(folder.resolve("secret"), SECRET);
  }

  @AfterAll
  void close() throws Exception {
    databases.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: b: c | line 1",
        "'{' | line 1",
        "\"\\u0001\" | not a mapping",
        "[1, 2] | not a mapping",
        "marketplaces: [1] | marketplaces",
        "marketplaces: {tiki: 7} | marketplaces.tiki",
        "feeds: all | feeds",
        "marketplaces: {tiki: {limit: many}} | tiki.limit",
        "marketplaces: {tiki: {limit: {requests: x}}} | limit.requests",
        "marketplaces: {tiki: {limit: {per: an hour}}} | limit.per",
        "marketplaces: {tiki: {extract: {products: {list: [1]}}}} | extract.products.list",
      })
  void aTextThatIsNoDescriptionStartsNothing(String yaml, String line) throws Exception {
    assertStartsNothing(yaml, line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "marketplaces: {tiki: {limitt: 3}} | unknown key \"marketplaces.tiki.limitt\"",
        "shops: {} | unknown key \"shops\"",
        "marketplaces: {tiki: {auth: {kind: magic}}} | tiki.auth.kind",
        "marketplaces: {tiki: {extract: {products: {list: {paging: {kind: scroll}}}}}} | paging.kind",
        "marketplaces: {tiki: {errors: {http: {\"418\": drink}}}} | errors.http",
        "feeds: {fptshop: {format: xls}} | fptshop.format",
        "marketplaces: {tiki: {zone: Hanoi}} | tiki.zone",
      })
  void anUnknownNameStartsNothing(String yaml, String line) throws Exception {
    assertStartsNothing(yaml, line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "marketplaces: {tiki: {baseUrl: not a url}} | tiki.baseUrl",
        "marketplaces: {tiki: {baseUrl: \"ftp://h\"}} | tiki.baseUrl",
        "marketplaces: {tiki: {baseUrl: \"https://u:hunter2-not-for-you@h\"}} | tiki.baseUrl",
        "marketplaces: {tiki: {baseUrl: null}} | tiki.baseUrl",
        "marketplaces: {tiki: {tokenUrl: \"http://api.tiki.vn\"}} | tiki.tokenUrl",
        "marketplaces: {tiki: {auth: {tokenPath: null}}} | tiki.auth.tokenPath",
        "marketplaces: {tiki: {limit: {requests: -1}}} | tiki.limit",
        "marketplaces: {tiki: {concurrency: -2}} | tiki.concurrency",
        "marketplaces: {tiki: {timeouts: {read: PT-5S}}} | tiki.timeouts",
        "marketplaces: {tiki: {timeouts: {total: null}}} | tiki.timeouts",
        "marketplaces: {tiki: {retries: {attempts: 0}}} | tiki.retries",
        "marketplaces: {tiki: {retries: {first: PT-1S}}} | tiki.retries",
        "marketplaces: {tiki: {refreshEvery: PT0S}} | tiki.refreshEvery",
        "marketplaces: {tiki: {errors: {waitPattern: \"(\"}}} | tiki.errors.waitPattern",
        "marketplaces: {tiki: {errors: {messages: {\"(\": retry}}}} | tiki.errors.messages",
        "marketplaces: {tiki: {errors: {code: status}}} | tiki.errors.code",
        "marketplaces: {tiki: {extract: {products: {list: {paging: {limit: -5}}}}}} | paging.limit",
        "marketplaces: {tiki: {extract: {products: {list: {answer: {records: data}}}}}} | answer.records",
        "marketplaces: {tiki: {extract: {products: {list: {since: {format: soon}}}}}} | since.format",
        "marketplaces: {shopee: {extract: {products: {detail: {batch: -1}}}}} | detail.batch",
        "marketplaces: {shopee: {extract: {orders: {list: {since: {window: PT0S}}}}}} | since.window",
        "marketplaces: {tiki: {extract: {orders: {kind: don}}}} | extract.orders.kind",
        "marketplaces: {lazada: {extract: {orders: {also: {order_items: {kind: item}}}}}} | also.order_items.kind",
        "marketplaces: {lazada: {extract: {orders: {also: {Items: {request: {path: /x}, answer: {records: /y}}}}}}} | extract.orders.also",
        "feeds: {fptshop: {kind: thing}} | fptshop.kind",
        "feeds: {fptshop: {followLinks: perhaps}} | fptshop.followLinks",
        "feeds: {fptshop: {limits: {rows: 5}}} | unknown key \"feeds.fptshop.limits.rows\"",
        "feeds: {fptshop: {limits: {rejectedRows: 0}}} | fptshop.limits.rejectedRows is not positive",
        "feeds: {fptshop: {limits: {rowBytes: 6_000_000}}} | fptshop.limits.rowBytes is more than staging",
        "feeds: {tiki: {platform: Tiki, files: /tmp}} | feeds.tiki",
      })
  void aValueThatNoRequestCanBeMadeWithStartsNothing(String yaml, String line) throws Exception {
    assertStartsNothing(yaml, line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "marketplaces: {tiki: {auth: {credentials: {clientId: a}}}} | credentials.clientSecret is missing",
        "marketplaces: {tiki: {auth: {credentials: {clientId: a, clientSecret: hunter2-not-for-you}}}} | credentials.clientSecret: a secret is never given literally",
        "marketplaces: {tiki: {auth: {credentials: {clientId: a, clientSecret: \"${env:PHUSA_NONE}\"}}}} | credentials.clientSecret: ${env:PHUSA_NONE} is not set",
        "marketplaces: {tiki: {auth: {credentials: {clientId: a, clientSecret: \"${file:/nowhere}\"}}}} | credentials.clientSecret: ${file:/nowhere} does not exist",
        "marketplaces: {tiki: {auth: {credentials: {clientId: a, clientSecret: \"${file:relative}\"}}}} | credentials.clientSecret",
        "marketplaces: {tiki: {auth: {credentials: {clientId: \"${env:PHUSA_NONE}\", clientSecret: \"${env:PATH}\"}}}} | credentials.clientId: ${env:PHUSA_NONE}",
        "marketplaces: {shopee: {auth: {credentials: {partnerId: x, shopId: \"1\", partnerKey: \"${env:PATH}\"}}}} | credentials.partnerId",
      })
  void aWrongCredentialStartsNothing(String yaml, String line) throws Exception {
    assertStartsNothing(yaml, line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | neither credentials nor files",
        "marketplaces: {tiki: {limit: {requests: 5}}} | neither credentials nor files",
        // What the records mean.
        "'{feeds: {fptshop: {files: /tmp, mapping: {loads: {products: {record: \"{\"}}}}}}' | mapping of fptshop",
      })
  void aDescriptionOfNothingOrOfNoMeaningStartsNothing(String yaml, String line) throws Exception {
    assertStartsNothing(yaml, line);
  }

  private void assertStartsNothing(String yaml, String line) throws Exception {
    long runs = runs();
    Ended ended = run("extract", describe(yaml));
    expect(ended, 2, "--marketplaces: ", line);
    assertThat(runs()).isEqualTo(runs);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--platforms=tikki | --platforms: \"tikki\" is not one; did you mean tiki?",
        "--platforms=lazada | --platforms: --marketplaces gives no credentials or files for \"lazada\"",
        "--platforms=cellphones | --platforms: --marketplaces gives no credentials or files",
        "--platforms= | --platforms: names expected",
        "--longestWait=long | --longestWait: a duration",
        "--longestWait=PT-5M | --longestWait: ",
        "--longestWait= | --longestWait: a duration",
      })
  void optionsThatAreNotRightStartNothing(String option, String told) throws Exception {
    long runs = runs();
    Path shops = describe("feeds: {fptshop: {files: %s}}".formatted(folder));
    expect(run("extract", shops, option), 2, told);
    expect(run("run", shops, option), 2, told);
    assertThat(runs()).isEqualTo(runs);
  }

  @Test
  void aFileOfDescriptionsThatCannotBeRead() throws Exception {
    expect(run("extract", Path.of("/nowhere.yaml")), 2, "--marketplaces", "/nowhere.yaml");
    expect(run("extract", folder), 2, "--marketplaces", folder.toString());
    Path noText = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xc3, 0x28, 0, 7});
    expect(run("extract", noText), 2, "--marketplaces", "binary");
  }

  @Test
  void aStagingThatCannotBeUsedIsNamedByItsOption() throws Exception {
    Path shops = describe("feeds: {fptshop: {files: %s}}".formatted(folder));
    expect(
        runAt("mongodb://127.0.0.1:1", "extract", shops),
        3,
        "staging database (--stagingUri): cannot be reached");
    expect(runAt("mongodb://no-such-host.invalid", "extract", shops), 3, "--stagingUri");
    expect(runAt("http://127.0.0.1", "extract", shops), 2, "--stagingUri");
    String[] login = {
      "--stagingUser=someone", "--stagingPassword=${file:" + folder.resolve("secret") + "}"
    };
    expect(run("extract", shops, login), 3, "staging database (--stagingUri): ", "refused");
    expect(
        run("extract", shops, "--stagingUser=someone", "--stagingPassword=" + SECRET),
        2,
        "--stagingPassword");
  }

  @Test
  void aFeedWithoutItsFolderFailsAndSaysSo() throws Exception {
    Path missing = folder.resolve("missing");
    for (String files : List.of(missing.toString(), missing + "/*.jsonl")) {
      Ended ended = run("extract", describe("feeds: {fptshop: {files: \"%s\"}}".formatted(files)));
      expectFailed(ended, 4, "extract: fptshop: the files at " + files + " cannot be read");
    }
  }

  /** Whoever may put a file into a folder may call it what he likes. */
  @Test
  void namesOfFilesCommandNoTerminal() throws Exception {
    Path feed = Files.createDirectories(folder.resolve("hostile"));
    String name = "x\u001b]0;owned\u0007\nphusa: done";
    String shown = "x\\u001B]0;owned\\u0007\\nphusa: done";
    Files.write(feed.resolve(name + ".jsonl.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0});
    Files.createSymbolicLink(feed.resolve(name + ".jsonl"), folder.resolve("secret"));

    Ended ended = run("extract", describe("feeds: {fptshop: {files: \"%s\"}}".formatted(feed)));
    Ended status =
        ShopAndWarehouse.run(
            Stream.concat(Stream.of("status"), databases.warehouseArguments().stream())
                .toArray(String[]::new));

    expectFailed(
        ended,
        4,
        "the file " + shown + ".jsonl.gz cannot be read to its end",
        "the link " + shown + ".jsonl leads out of the feed's folder");
    assertThat(status.out()).contains(shown);
    for (String printed : List.of(ended.out() + ended.err(), status.out() + status.err())) {
      assertThat(printed.codePoints()).noneMatch(c -> c != '\n' && Character.isISOControl(c));
    }
    assertThat(
            databases.countInWarehouse(
                "SELECT count(*) FROM etl_step WHERE error LIKE '%owned%'"
                    + " AND error !~ '[\\x01-\\x1f\\x7f-\\x9f]'"))
        .as("the step and its part")
        .isEqualTo(2);
  }

  @Test
  void aFeedWithoutFilesOrRecordsIsNoFailure() throws Exception {
    Path feed = Files.createDirectories(folder.resolve("feed"));
    Files.writeString(feed.resolve("empty.jsonl"), "");
    Files.writeString(feed.resolve("header.csv"), "id,name\n");
    for (String files : List.of(feed + "/*.nothing", feed.toString())) {
      Ended ended = run("extract", describe("feeds: {fptshop: {files: \"%s\"}}".formatted(files)));
      assertThat(ended.code()).as(ended.all()).isZero();
      assertThat(ended.err()).isEmpty();
      assertThat(ended.out()).contains("extract/fptshop/products");
    }
  }

  @Test
  void aPlatformThatIsNotThereFailsAndTheOthersGoOn() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path feed = Files.createDirectories(folder.resolve("good"));
    Files.writeString(feed.resolve("a.jsonl"), "{\"id\":1}\n");
    Path shops = describe(tikiAt("http://127.0.0.1:" + port, feed));

    Ended ended = run("extract", shops);

    expectFailed(ended, 4, "extract: ", "tiki: ", "ConnectException");
    assertThat(ended.out()).containsPattern("extract/fptshop/products +1 +1 +0");
  }

  @Test
  void aPlatformThatAnswersOtherThingsFailsAndSaysWhat() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String[] answer = {""};
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = answer[0].getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    try {
      Path shops = describe(tikiAt("http://127.0.0.1:" + server.getAddress().getPort(), folder));
      for (String[] one :
          new String[][] {
            {"<html>" + SECRET, "no whole JSON"},
            {"", "no whole JSON"},
            {"{\"token\":\"" + SECRET + "\"}", "the answer holds no token"}
          }) {
        answer[0] = one[0];
        expectFailed(run("extract", shops, "--platforms=tiki"), 4, "extract: tiki: ", one[1]);
      }
    } finally {
      server.stop(0);
    }
  }

  private String tikiAt(String url, Path feed) {
    return """
        marketplaces:
          tiki:
            baseUrl: %s
            tokenUrl: %s
            retries: {attempts: 2, first: PT0.01S, longest: PT0.01S}
            auth: {credentials: {clientId: a, clientSecret: "${file:%s}"}}
        feeds: {fptshop: {files: "%s/*.jsonl"}}
        """
        .formatted(url, url, folder.resolve("secret"), feed);
  }

  private Path describe(String yaml) throws IOException {
    return Files.writeString(folder.resolve("shops.yaml"), yaml);
  }

  private Ended run(String command, Path shops, String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    if (arguments.stream().noneMatch(word -> word.startsWith("--stagingUser="))) {
      arguments.addAll(StagingArguments.of(mongo).subList(1, 3));
    }
    return runAt(mongo.address(), command, shops, arguments.toArray(String[]::new));
  }

  private Ended runAt(String staging, String command, Path shops, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(databases.warehouseArguments());
    arguments.add("--stagingUri=" + staging);
    arguments.add("--marketplaces=" + shops);
    arguments.addAll(List.of(more));
    return ShopAndWarehouse.run(arguments.toArray(new String[0]));
  }

  private long runs() throws Exception {
    return databases.countInWarehouse("SELECT count(*) FROM etl_run");
  }

  private void expect(Ended ended, int code, String... told) {
    expectFailed(ended, code, told);
    assertThat(ended.out()).isEmpty();
  }

  /** What was done before is told too. */
  private void expectFailed(Ended ended, int code, String... told) {
    assertThat(ended.code()).as(ended.all()).isEqualTo(code);
    assertThat(ended.err().lines().toList()).as(ended.err()).hasSize(1);
    assertThat(ended.err()).startsWith("phusa: ").doesNotContain("\tat ", "JsonMapping", "Option ");
    Arrays.stream(told).forEach(word -> assertThat(ended.err()).contains(word));
    assertThat(ended.all()).doesNotContain(SECRET);
  }
}

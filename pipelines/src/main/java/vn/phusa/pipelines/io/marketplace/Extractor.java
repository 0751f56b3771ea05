package vn.phusa.pipelines.io.marketplace;

import com.mongodb.MongoException;
import java.io.Serializable;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.MongoAddress;
import vn.phusa.options.address.TrustedAuthorities;
import vn.phusa.options.address.UnresolvedSecretException;
import vn.phusa.pipelines.io.marketplace.auth.Authentication;
import vn.phusa.pipelines.io.marketplace.auth.AuthenticationFactory;
import vn.phusa.pipelines.io.marketplace.auth.TokenCalls;
import vn.phusa.pipelines.io.marketplace.extraction.ApiExtraction;
import vn.phusa.pipelines.io.marketplace.extraction.ExtractCursors;
import vn.phusa.pipelines.io.marketplace.extraction.Extraction;
import vn.phusa.pipelines.io.marketplace.extraction.ExtractionLease;
import vn.phusa.pipelines.io.marketplace.extraction.StagingSink;
import vn.phusa.pipelines.io.marketplace.feed.FeedExtraction;
import vn.phusa.pipelines.io.marketplace.feed.FeedFiles;
import vn.phusa.pipelines.io.marketplace.http.MarketplaceException;
import vn.phusa.pipelines.io.marketplace.http.Transport;
import vn.phusa.pipelines.io.marketplace.limit.ExtractionPausedException;
import vn.phusa.pipelines.io.marketplace.limit.RateLimit;
import vn.phusa.pipelines.io.marketplace.limit.WaitBudget;
import vn.phusa.pipelines.io.marketplace.paging.MarketplaceClient;
import vn.phusa.pipelines.io.marketplace.spec.FeedSpec;
import vn.phusa.pipelines.io.marketplace.spec.Marketplace;
import vn.phusa.pipelines.io.marketplace.spec.Marketplaces;
import vn.phusa.pipelines.io.marketplace.spec.StreamSpec;
import vn.phusa.pipelines.io.staging.Staging;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.transforms.errors.FailureOrigin;

/**
 * Extracts parts of marketplaces and feeds into staging: what a worker is given, without secrets.
 *
 * @param marketplaces how they are described
 * @param staging where their records go
 * @param warehouse where rows are counted and dead letters kept
 * @param runId the run that rows are counted for
 * @param authorities whom the marketplaces are verified by
 * @param longestWait how long to wait for a platform's limits
 * @param clock what says the time
 */
public record Extractor(
    Marketplaces marketplaces,
    MongoAddress staging,
    DatabaseAddress warehouse,
    RunId runId,
    TrustedAuthorities authorities,
    Duration longestWait,
    Clock clock)
    implements Serializable {

  private static final Logger LOG = LoggerFactory.getLogger(Extractor.class);
  private static final String COMMAND = "extract";

  /** How an extraction ended. */
  public enum Status {
    SUCCEEDED,
    /** Stopped for now; the next one continues. */
    PARTIAL,
    FAILED
  }

  /**
   * How an extraction ended, and why.
   *
   * @param message one line; empty when it succeeded
   * @param isRetryable whether a failure may be over in a while
   */
  public record Outcome(Status status, String message, boolean isRetryable) {}

  /** The parts of a marketplace or feed that are extracted each by itself. */
  public List<String> parts(String name) {
    return marketplaces.feeds().containsKey(name)
        ? List.of(marketplaces.feeds().get(name).part())
        : List.copyOf(marketplaces.marketplaces().get(name).extract().keySet());
  }

  /** The tasks that extract all of a marketplace or feed. */
  public List<ExtractTask> tasks(String name) {
    return parts(name).stream()
        .map(part -> ExtractTask.create(name, part))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** The steps in etl_step that a part is counted under: its own, and what is read beside. */
  public List<String> steps(String name, String part) {
    List<String> steps = new ArrayList<>(List.of(step(name, part)));
    Marketplace marketplace = marketplaces.marketplaces().get(name);
    if (marketplace != null) {
      marketplace.extract().get(part).also().keySet().forEach(also -> steps.add(step(name, also)));
    }
    return steps;
  }

  private static String step(String name, String part) {
    return COMMAND + "/" + name + "/" + part;
  }

  /**
   * Extracts a part. A platform's failure is an outcome, since the others continue.
   *
   * @throws SQLException if the warehouse cannot be used
   * @throws MongoException if staging cannot be used
   */
  public Outcome extract(String name, String part) throws InterruptedException, SQLException {
    try (Staging open = Staging.open(staging);
        ExtractionLease lease =
            ExtractionLease.acquire(open, name + "/" + part, clock, WaitBudget.Sleeper.REAL);
        Sinks sinks = sinks(name, part, open)) {
      extraction(name, part, open, lease, sinks.byPart()).run();
      return new Outcome(Status.SUCCEEDED, "", false);
    } catch (ExtractionPausedException e) {
      LOG.info("{}/{}: {}", name, part, e.getMessage());
      return new Outcome(Status.PARTIAL, e.getMessage(), false);
    } catch (MarketplaceException e) {
      LOG.error("{}/{}: {}", name, part, e.getMessage());
      return new Outcome(Status.FAILED, e.getMessage(), e.isRetryable());
    } catch (UnresolvedSecretException e) {
      LOG.error("{}/{}: {}", name, part, e.getMessage());
      return new Outcome(Status.FAILED, e.getMessage(), false);
    } catch (SQLException | MongoException | InterruptedException e) {
      throw e;
    } catch (RuntimeException e) {
      // Its message is not ours, and may show what it should not.
      LOG.error("{}/{}: failed with {}", name, part, e.getClass().getSimpleName());
      return new Outcome(Status.FAILED, name + ": failed with " + FailureOrigin.describe(e), false);
    }
  }

  private Extraction extraction(
      String name,
      String part,
      Staging open,
      ExtractionLease lease,
      Map<String, StagingSink> sinks) {
    FeedSpec feed = marketplaces.feeds().get(name);
    if (feed != null) {
      FeedFiles files = new FeedFiles(name, feed, open);
      return new FeedExtraction(name, feed, files, lease, sinks.get(part), runId, clock);
    }
    Marketplace marketplace = marketplaces.marketplaces().get(name);
    WaitBudget waitBudget = new WaitBudget(clock, WaitBudget.Sleeper.REAL, longestWait);
    Transport transport = new Transport(name, marketplace.timeouts(), authorities);
    RateLimit rateLimit =
        new RateLimit(name, marketplace.limit(), marketplace.timeouts().total(), open, clock);
    // With connections of its own: where one that was kept turns out to be closed, nobody knows
    // whether the refresh token was used.
    Transport forTokens = new Transport(name, marketplace.timeouts(), authorities);
    TokenCalls calls =
        new TokenCalls(forTokens, rateLimit, waitBudget, marketplace.errors(), clock);
    Authentication authentication =
        AuthenticationFactory.of(name, marketplace, calls, open, clock, WaitBudget.Sleeper.REAL);
    MarketplaceClient client =
        new MarketplaceClient(
            name, marketplace, transport, rateLimit, authentication, waitBudget, clock);
    return new ApiExtraction(
        name,
        part,
        marketplace,
        client,
        new ExtractCursors(open, name + "/" + part),
        lease,
        sinks,
        runId,
        clock);
  }

  private Sinks sinks(String name, String part, Staging open) {
    Map<String, StagingSink> sinks = new HashMap<>();
    FeedSpec feed = marketplaces.feeds().get(name);
    if (feed != null) {
      sinks.put(part, sink(name, part, feed.kind(), open));
    } else {
      StreamSpec extract = marketplaces.marketplaces().get(name).extract().get(part);
      sinks.put(part, sink(name, part, extract.kind(), open));
      extract
          .also()
          .forEach((also, read) -> sinks.put(also, sink(name, also, read.kindIn(also), open)));
    }
    return new Sinks(sinks);
  }

  private StagingSink sink(String name, String part, String kind, Staging open) {
    return new StagingSink(
        name, part, kind, open, warehouse, new StepId(runId, step(name, part)), clock);
  }

  /** Closed together. */
  private record Sinks(Map<String, StagingSink> byPart) implements AutoCloseable {
    @Override
    public void close() throws SQLException {
      for (StagingSink sink : byPart.values()) {
        sink.close();
      }
    }
  }
}

package vn.phusa.runners.jobs.flink;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.blob.BlobServer;
import org.apache.flink.runtime.blob.BlobStore;
import org.apache.flink.runtime.blob.JobPermanentBlobService;
import org.apache.flink.runtime.blob.PermanentBlobKey;
import org.apache.flink.runtime.blob.TaskExecutorBlobService;
import org.apache.flink.runtime.blob.TransientBlobService;
import org.apache.flink.util.Reference;

/**
 * What a job's master and its tasks hand each other as files, in one folder of one process: tasks
 * ask the master's own store instead of a server.
 */
final class ProcessBlobs implements TaskExecutorBlobService {
  private final BlobServer store;
  private final JobPermanentBlobService ofJobs;

  private ProcessBlobs(BlobServer store) {
    this.store = store;
    this.ofJobs = new OfJobs(store);
  }

  /**
   * Makes a store.
   *
   * @param folder where its files lie; whoever owns it deletes them
   */
  static ProcessBlobs in(File folder, Configuration configuration, BlobStore copies)
      throws IOException {
    BlobServer store = new BlobServer(configuration, Reference.borrowed(folder), copies);
    // It has opened its port when it is made, but accepts nobody before it is started. Closed, it
    // stores and finds files as before.
    store.close();
    return new ProcessBlobs(store);
  }

  /** The store, for the job's master. */
  BlobServer store() {
    return store;
  }

  @Override
  public JobPermanentBlobService getPermanentBlobService() {
    return ofJobs;
  }

  @Override
  public TransientBlobService getTransientBlobService() {
    return store;
  }

  @Override
  public int getPort() {
    return store.getPort();
  }

  @Override
  public void setBlobServerAddress(InetSocketAddress address) {
    // The store is in this process.
  }

  @Override
  public void close() {
    // The master, who deletes a job's files, outlives its tasks.
  }

  /** Files of a job stay until its master has ended. */
  private record OfJobs(BlobServer store) implements JobPermanentBlobService {

    @Override
    public void registerJob(JobID job) {
      // Nothing is fetched, so nothing is to be counted.
    }

    @Override
    public void releaseJob(JobID job) {
      // As above.
    }

    @Override
    public File getFile(JobID job, PermanentBlobKey key) throws IOException {
      return store.getFile(job, key);
    }

    @Override
    public byte[] readFile(JobID job, PermanentBlobKey key) throws IOException {
      return store.readFile(job, key);
    }

    @Override
    public void close() {
      // As above.
    }
  }
}

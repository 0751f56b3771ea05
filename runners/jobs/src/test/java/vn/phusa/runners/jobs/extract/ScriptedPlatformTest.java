package vn.phusa.runners.jobs.extract;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/** Each test has a platform that answers as the test says, and a name for it that is its own. */
@WithEmbeddedServices
abstract class ScriptedPlatformTest {
  @TempDir private Path folder;

  /** The staging database is shared by all tests: what this one stages is known by the name. */
  final String name = "s" + Long.toString(System.nanoTime(), 36);

  ScriptedPlatform platform;

  @BeforeEach
  final void open(FreshDatabase fresh, EmbeddedMongo embedded) throws Exception {
    platform = new ScriptedPlatform(folder, fresh, embedded);
  }

  @AfterEach
  final void close() {
    platform.close();
  }
}

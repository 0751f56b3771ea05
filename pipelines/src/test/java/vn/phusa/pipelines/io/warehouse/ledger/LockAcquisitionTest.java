package vn.phusa.pipelines.io.warehouse.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.ledger.LockAcquisition.Verdict;

/** Who is taken for dead. */
class LockAcquisitionTest {
  private static final RunProcess SELF = RunProcess.ofThisOne();
  private static final Duration LONG_AGO = LockAcquisition.LOST.plusSeconds(1);

  @Test
  void thisProcessLivesHoweverSilentItIs() {
    assertThat(SELF.mark()).isNotNull();
    assertThat(judge(SELF, LONG_AGO, true)).isEqualTo(Verdict.LIVES);
  }

  @Test
  void aProcessThatWouldBeSeenAndIsNotThereIsDead() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    RunProcess gone = new RunProcess(SELF.host(), ended.pid(), SELF.mark());
    assertThat(judge(gone, Duration.ZERO, true)).isEqualTo(Verdict.DEAD);
  }

  @Test
  void aProcessWhoseIdAnotherOneHasIsDead() {
    String earlier = SELF.mark().replaceAll("start=.*", "start=1");
    RunProcess gone = new RunProcess(SELF.host(), SELF.pid(), earlier);
    assertThat(judge(gone, Duration.ZERO, true)).isEqualTo(Verdict.DEAD);
  }

  @Test
  void aProcessThatIsGoneIsLeftAloneWhereTheSessionIsNotOurs() {
    String earlier = SELF.mark().replaceAll("start=.*", "start=1");
    RunProcess gone = new RunProcess(SELF.host(), SELF.pid(), earlier);
    assertThat(judge(gone, Duration.ZERO, false)).isEqualTo(Verdict.LIVES);
    assertThat(judge(gone, LONG_AGO, false)).isEqualTo(Verdict.WAIT);
  }

  @Test
  void aProcessElsewhereIsDeadOnlyWhenNothingIsHeardOfItForLong() {
    for (String part : new String[] {"boot=", "pid:\\[", "uid="}) {
      String elsewhere = SELF.mark().replaceAll(part + "[^ ]", part + "#");
      RunProcess far = new RunProcess("far", 1, elsewhere);
      assertThat(judge(far, Duration.ofSeconds(20), true)).isEqualTo(Verdict.LIVES);
      assertThat(judge(far, Duration.ofSeconds(30), true)).isEqualTo(Verdict.WAIT);
      assertThat(judge(far, LockAcquisition.LOST.minusSeconds(1), true)).isEqualTo(Verdict.WAIT);
      assertThat(judge(far, LONG_AGO, true)).isEqualTo(Verdict.DEAD);
    }
  }

  @Test
  void whoIsNotInTheLedgerIsNeverTakenForDead() {
    RunHolder stranger = new RunHolder(null, null, null, null, session(), LONG_AGO, true);
    assertThat(LockAcquisition.judge(stranger)).isEqualTo(Verdict.WAIT);
  }

  @Test
  void whoMayNotBeSeenLives() {
    RunProcess far = new RunProcess("far", 1, null);
    assertThat(judge(far, null, true)).isEqualTo(Verdict.LIVES);
  }

  private static Verdict judge(RunProcess process, Duration silence, boolean isOurs) {
    return LockAcquisition.judge(
        new RunHolder(RunId.random(), "run", Instant.EPOCH, process, session(), silence, isOurs));
  }

  private static RunHolder.Session session() {
    return new RunHolder.Session(1, OffsetDateTime.now(ZoneOffset.UTC));
  }
}

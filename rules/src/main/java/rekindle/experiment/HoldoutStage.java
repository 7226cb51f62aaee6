package rekindle.experiment;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision.ExperimentArm;
import rekindle.facts.ContactFacts;
import rekindle.policy.Release;
import rekindle.rule.Hit;
import rekindle.rule.Rows;
import rekindle.rule.Rule;
import rekindle.segment.Standing;

/** Draws who is held out; DECIDING.md section 3, "Experiments". Thread-safe. */
public final class HoldoutStage {
  private static final BigInteger DRAWS = BigInteger.valueOf(10_000);

  /**
   * @param release has the Holdouts table
   */
  public HoldoutStage(Release release) {
    release.table(ExperimentTables.HOLDOUTS);
  }

  /**
   * The outcome.
   *
   * @param heldOut the row that holds the person out; null where none does
   * @param arms every experiment in which the person is, by name
   */
  public record Outcome(@Nullable Hit heldOut, List<ExperimentArm> arms, List<Hit> deciding) {
    public static final Outcome NONE = new Outcome(null, List.of(), List.of());
  }

  public Outcome draw(ContactFacts facts, Standing standing, List<LocalDate> dates, Rows rows) {
    var input =
        new HoldoutInput(new HoldoutInput.Values(standing.segment(), facts.contact().program()));
    rows.match(input);
    var arms = new ArrayList<ExperimentArm>();
    var deciding = new ArrayList<Hit>();
    Hit heldOut = null;
    for (Rule rule : rows.all(input, ExperimentTables.HOLDOUTS, dates)) {
      BigDecimal share = rule.row().number("share").orElse(BigDecimal.ZERO);
      if (share.signum() > 0) {
        boolean control = isDrawn(rule.row().id(), subject(facts), share);
        Hit hit = rule.hit();
        arms.add(new ExperimentArm(rule.row().id(), control ? "control" : "treated"));
        deciding.add(hit);
        heldOut = control && heldOut == null ? hit : heldOut;
      }
    }
    arms.sort(Comparator.comparing(ExperimentArm::name));
    return new Outcome(heldOut, arms, deciding);
  }

  private static String subject(ContactFacts facts) {
    String personId = facts.contact().personId();
    return personId == null ? facts.contact().id() : personId;
  }

  private static boolean isDrawn(String name, String subject, BigDecimal share) {
    byte[] hash = sha256(name + "\n" + subject);
    BigInteger draw = new BigInteger(1, Arrays.copyOf(hash, 8)).mod(DRAWS);
    return new BigDecimal(draw).compareTo(share.multiply(new BigDecimal(DRAWS))) < 0;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}

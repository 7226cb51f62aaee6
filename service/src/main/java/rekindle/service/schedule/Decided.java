package rekindle.service.schedule;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import rekindle.decision.Decision;
import rekindle.decision.Decision.TraceEntry;
import rekindle.facts.ContactFacts;
import rekindle.service.decide.Recording.Known;

/**
 * A decision for one of a person's contacts, with what it was made from. Of several that one counts
 * which has the best tier, then the highest segment, then the smallest contact id; the others wait
 * for it (DECIDING.md, section 1).
 */
public record Decided(String personId, Known known, Decision decision) {
  private static final int LAST = Integer.MAX_VALUE;

  private static final Comparator<Decided> ORDER =
      Comparator.comparing((Decided one) -> one.decision.segment() == null)
          .thenComparingInt(Decided::tier)
          .thenComparingInt(Decided::segmentRow)
          .thenComparing(one -> one.decision.contactId());

  /** The one that counts. */
  static Decided first(List<Decided> all) {
    return all.stream().min(ORDER).orElseThrow();
  }

  public ContactFacts facts() {
    return known.facts();
  }

  public Instant asOf() {
    return known.asOf();
  }

  public UUID subject() {
    return Objects.requireNonNull(known.subjectRef());
  }

  private int tier() {
    Integer tier = decision.tier();
    return tier == null ? LAST : tier;
  }

  /** The segments stand in their table in order, and the trace names the row. */
  private int segmentRow() {
    return decision.trace().stream()
        .filter(entry -> entry.stage().equals("segment"))
        .map(TraceEntry::row)
        .filter(Objects::nonNull)
        .mapToInt(row -> Integer.parseInt(row.substring(row.indexOf('!') + 1)))
        .findFirst()
        .orElse(LAST);
  }
}

package rekindle.service.schedule;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import rekindle.decision.Decision;
import rekindle.facts.ContactFacts;
import rekindle.service.decide.OtherContactFirst;
import rekindle.service.decide.Recording.Known;

/** A decision for one of a person's contacts, with what it was made from. */
public record Decided(String personId, Known known, Decision decision) {
  /** The one that counts; the others wait for it. */
  static Decided first(List<Decided> all) {
    return all.stream()
        .min(Comparator.comparing(Decided::decision, OtherContactFirst.ORDER))
        .orElseThrow();
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
}

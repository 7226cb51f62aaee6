package rekindle.service.decide;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.decision.Decision.Reason;
import rekindle.decision.Decision.TraceEntry;
import rekindle.decision.Decision.Verdict;
import rekindle.engine.DecisionEngine;
import rekindle.facts.ContactFacts;
import rekindle.json.StrictJson;
import rekindle.service.store.StoredFacts;

/**
 * Of a person with several contacts one counts: that with the best tier, then the highest segment,
 * then the smallest contact id. The others wait for it (DECIDING.md, section 1). The rules know one
 * contact at a time, so this is added to what they decide.
 */
public final class OtherContactFirst {
  private static final String CODE = "other_contact_first";
  private static final Set<Verdict> WAITING = Set.of(Verdict.TOUCH, Verdict.HOLDOUT, Verdict.WAIT);
  private static final int LAST = Integer.MAX_VALUE;

  /** The decision that counts comes first. */
  public static final Comparator<Decision> ORDER =
      Comparator.comparing((Decision one) -> one.segment() == null)
          .thenComparingInt(OtherContactFirst::tier)
          .thenComparingInt(OtherContactFirst::segmentRow)
          .thenComparing(Decision::contactId);

  private OtherContactFirst() {}

  /** What an engine decides for a stored contact, with regard to the others of its person. */
  public static Decision decide(DecisionEngine engine, StoredFacts stored, Instant asOf) {
    return among(engine.decide(stored.facts(), asOf), engine, stored.others(), asOf);
  }

  /** Facts of that contact of a person which counts. */
  static ContactFacts facts(DecisionEngine engine, StoredFacts stored, Instant asOf) {
    return stored.others().isEmpty()
        ? stored.facts()
        : Stream.concat(Stream.of(stored.facts()), stored.others().stream())
            .min(Comparator.comparing(facts -> engine.decide(facts, asOf), ORDER))
            .orElseThrow();
  }

  /**
   * The decision for a contact, with regard to the others of its person.
   *
   * @param others facts of the person's other contacts
   */
  static Decision among(
      Decision own, DecisionEngine engine, List<ContactFacts> others, Instant asOf) {
    if (others.isEmpty() || !WAITING.contains(own.verdict())) {
      return own;
    }
    Decision first =
        others.stream().map(facts -> engine.decide(facts, asOf)).min(ORDER).orElseThrow();
    return ORDER.compare(own, first) <= 0
        ? own
        : waiting(
            own,
            "Contact " + first.contactId() + " of the same person comes first.",
            first.recheckAt());
  }

  /**
   * A decision made again, as it was recorded: what another contact had to do with it is no part of
   * the contact's own facts, and so taken over.
   *
   * @param recorded the document of the decision that was recorded
   */
  public static Decision asRecorded(Decision again, byte[] recorded) {
    if (!WAITING.contains(again.verdict())
        || !new String(recorded, StandardCharsets.UTF_8).contains(CODE)) {
      return again;
    }
    JsonNode document = StrictJson.read(recorded);
    for (JsonNode reason : document.path("reasons")) {
      if (CODE.equals(reason.path("code").textValue())) {
        @Nullable String recheckAt = document.path("recheckAt").textValue();
        return waiting(
            again,
            Objects.requireNonNull(reason.path("text").textValue()),
            recheckAt == null ? null : Instant.parse(recheckAt));
      }
    }
    return again;
  }

  private static Decision waiting(Decision own, String text, @Nullable Instant recheckAt) {
    var reasons = new ArrayList<Reason>();
    if (own.verdict() == Verdict.WAIT) {
      reasons.addAll(own.reasons());
    }
    reasons.add(new Reason(CODE, text, null, null, null));
    reasons.sort(Comparator.comparing(Reason::code));
    return new Decision(
        own.id(),
        own.contactId(),
        own.personId(),
        own.asOf(),
        own.release(),
        Verdict.WAIT,
        reasons,
        own.segment(),
        own.group(),
        own.offerAngle(),
        own.tier(),
        own.cohort(),
        own.channels(),
        own.touch(),
        own.incentive(),
        own.experiments(),
        recheckAt,
        own.trace());
  }

  private static int tier(Decision decision) {
    Integer tier = decision.tier();
    return tier == null ? LAST : tier;
  }

  /** The segments stand in their table in order, and the trace names the row. */
  private static int segmentRow(Decision decision) {
    return decision.trace().stream()
        .filter(entry -> entry.stage().equals("segment"))
        .map(TraceEntry::row)
        .filter(Objects::nonNull)
        .mapToInt(row -> Integer.parseInt(row.substring(row.indexOf('!') + 1)))
        .findFirst()
        .orElse(LAST);
  }
}

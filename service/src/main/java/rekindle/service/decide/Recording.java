package rekindle.service.decide;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.decision.DecisionWriter;
import rekindle.facts.ContactFacts;
import rekindle.facts.FactsWriter;
import rekindle.json.CanonicalJson;
import rekindle.service.ids.TouchIds;
import rekindle.service.store.AuditEvent;
import rekindle.service.store.RecordedDecision;

/**
 * A decision and the event that proves it, with their canonical bytes made once.
 *
 * @param decision its outcome is what the caller gets
 * @param mark what the facts were read at; null for facts that the caller brought
 */
public record Recording(RecordedDecision decision, AuditEvent event, @Nullable String mark) {
  private static final int SALT_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * What was decided on.
   *
   * @param subjectRef names the person in the audit log; null for facts that the caller brought
   * @param mark as {@code StoredFacts}; null for facts that the caller brought
   */
  public record Known(
      ContactFacts facts, Instant asOf, @Nullable UUID subjectRef, @Nullable String mark) {}

  /**
   * @param id of the decision, and of its event
   */
  public static Recording of(
      UUID id, Known known, Decision decision, String client, TouchLinks links) {
    ContactFacts facts = known.facts();
    UUID subjectRef = known.subjectRef();
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    var recorded =
        new RecordedDecision(
            id,
            decision.contactId(),
            decision.release(),
            decision.asOf(),
            decision.verdict().code(),
            decision.recheckAt(),
            FactsWriter.write(facts),
            outcome(id, facts, decision, subjectRef == null ? null : links.of(decision)),
            salt,
            client,
            subjectRef,
            TouchIds.of(facts, decision));
    return new Recording(
        recorded, new AuditEvent(id, "decision", subjectRef, body(recorded)), known.mark());
  }

  /**
   * The document of a recorded decision; the same facts, decision and link give the same bytes.
   *
   * @param unsubscribeUrl null where the touch carries none
   */
  static byte[] outcome(
      UUID id, ContactFacts facts, Decision decision, @Nullable String unsubscribeUrl) {
    return DecisionWriter.write(
        decision, id.toString(), TouchIds.of(facts, decision), unsubscribeUrl);
  }

  /**
   * Random references and salted hashes: what the documents hold can be erased, the proof stays.
   */
  private static byte[] body(RecordedDecision decision) {
    UUID subject = decision.subjectRef();
    return new CanonicalJson()
        .startObject()
        .key("actor")
        .text(decision.client())
        .key("asOf")
        .instant(decision.asOf())
        .key("decision")
        .text(decision.id().toString())
        .key("facts")
        .text(hash(decision.salt(), decision.facts()))
        .key("kind")
        .text("decision")
        .key("outcome")
        .text(hash(decision.salt(), decision.outcome()))
        .key("release")
        .text(decision.release())
        .key("subject")
        .text(subject == null ? null : subject.toString())
        .key("v")
        .integer(1)
        .key("verdict")
        .text(decision.verdict())
        .endObject()
        .toBytes();
  }

  private static String hash(byte[] salt, byte[] document) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      return "sha256:" + HexFormat.of().formatHex(digest.digest(document));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java runtime has SHA-256", impossible);
    }
  }
}

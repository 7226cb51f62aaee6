package rekindle.service.schedule;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rekindle.service.decide.TouchLinks;
import rekindle.service.ids.TouchIds;
import rekindle.service.message.Finding;
import rekindle.service.message.Preflight;
import rekindle.service.message.TouchMessages;
import rekindle.service.message.TouchMessages.Surroundings;
import rekindle.service.store.ContactContent;

/** Makes the message of a decision, and checks whether it may leave. Thread-safe. */
public final class Composer {
  private static final Logger LOG = LoggerFactory.getLogger(Composer.class);

  private final TouchMessages messages;
  private final ContactContent contents;
  private final TouchLinks links;

  public Composer(TouchMessages messages, ContactContent contents, TouchLinks links) {
    this.messages = messages;
    this.contents = contents;
    this.links = links;
  }

  Preflight.Checked compose(Handle handle, Decided decided) {
    var contact = decided.facts().contact();
    Preflight.Checked checked =
        messages.prepare(
            decided.decision(),
            new Surroundings(
                contents.find(handle, contact.id()),
                contact.jurisdictions(),
                links.of(decided.decision()),
                zone(contact.timeZones())),
            decided.asOf());
    if (checked.passed().isEmpty()) {
      LOG.warn(
          "the message of touch {} is held back by preflight: {}",
          TouchIds.of(decided.facts(), decided.decision()),
          objections(checked.report()));
    }
    return checked;
  }

  /** Codes, with the elements that are missing. */
  private static List<String> objections(Preflight.Report report) {
    return report.findings().stream()
        .filter(Finding::blocks)
        .map(
            finding ->
                finding.element() == null
                    ? finding.code()
                    : finding.code() + " " + finding.element())
        .distinct()
        .toList();
  }

  /** Of several candidates the first; the release checked their names. */
  private static ZoneId zone(List<String> zones) {
    try {
      return zones.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zones.get(0));
    } catch (java.time.DateTimeException unknown) {
      return ZoneOffset.UTC;
    }
  }
}

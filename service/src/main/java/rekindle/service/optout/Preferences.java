package rekindle.service.optout;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts.Consent;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Suppression;
import rekindle.json.CanonicalJson;
import rekindle.json.Rfc3339;
import rekindle.service.hash.Sha256;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.intake.ContactIntake;
import rekindle.service.optout.UnsubscribeLinks.Link;
import rekindle.service.record.AddressedConsent;
import rekindle.service.record.Rows.Row;
import rekindle.service.store.AuditEvent;
import rekindle.service.store.ContactStore;
import rekindle.service.store.DecisionStore;
import rekindle.service.store.PersonLocks;
import rekindle.service.store.PreferenceStore;

/**
 * What somebody chooses who follows a link of ours, without a login. A no is committed before it is
 * told. Thread-safe.
 */
public final class Preferences {
  /** What a consent on the page may begin again: other channels take more proof than a box. */
  private static final Channel RESUMABLE = Channel.EMAIL;

  private static final String OPT_OUT = "opt_out";
  private static final String METHOD = "preference_page";

  private final Jdbi jdbi;
  private final ContactStore contacts;
  private final PreferenceStore store;
  private final OptOuts optOuts;
  private final OptOutRules rules;
  private final TimeOrderedIds ids;
  private final InstantSource clock;

  public Preferences(
      Jdbi jdbi,
      ContactStore contacts,
      PreferenceStore store,
      OptOuts optOuts,
      OptOutRules rules,
      TimeOrderedIds ids,
      InstantSource clock) {
    this.jdbi = jdbi;
    this.contacts = contacts;
    this.store = store;
    this.optOuts = optOuts;
    this.rules = rules;
    this.ids = ids;
    this.clock = clock;
  }

  /** How things stand. */
  public enum Standing {
    OPEN,
    STOPPED,
    STOPPED_ALL
  }

  /** Whether a consent on the page can begin the channel of a link again. */
  public boolean isResumable(Link link) {
    return link.channel() == RESUMABLE;
  }

  /** How things stand; whoever is not known any more is left alone. */
  public Standing standing(Link link) {
    return jdbi.withHandle(handle -> standing(handle, link));
  }

  private Standing standing(Handle handle, Link link) {
    if (!isKnown(handle, link)) {
      return Standing.STOPPED_ALL;
    }
    var scopes = new ArrayList<String>();
    store.inForce(handle, link.contactId(), now()).forEach(row -> scopes.add(row.value().scope()));
    store
        .addressesInForce(handle, link.contactId(), now())
        .forEach(hold -> scopes.add(hold.scope()));
    if (scopes.contains(OptOutRules.ALL)) {
      return Standing.STOPPED_ALL;
    }
    return scopes.contains(link.channel().code()) ? Standing.STOPPED : Standing.OPEN;
  }

  private boolean isKnown(Handle handle, Link link) {
    return contacts.countries(handle, List.of(link.contactId())).containsKey(link.contactId());
  }

  /**
   * Ends the channel of a link, or everything.
   *
   * @param source how it was said
   */
  public Standing stop(Link link, boolean all, String source) {
    return ContactIntake.patiently(
        () ->
            jdbi.inTransaction(
                handle -> {
                  if (isKnown(handle, link)) {
                    stop(handle, link, all, source);
                  }
                  return standing(handle, link);
                }));
  }

  private void stop(Handle handle, Link link, boolean all, String source) {
    Instant at = now();
    String id = ids.next().toString();
    PersonLocks.lock(handle, List.of(link.contactId()));
    OptOutRules.Effect effect = rules.effect(all ? "opt_out_all" : OPT_OUT, link.channel(), at);
    OptOut no =
        OptOut.of(effect, link.contactId(), link.channel(), source, id, at, null)
            // A row may widen what a no ends; that a page for ending ends nothing it may not say.
            .orElseGet(() -> endsAtLeast(link, all, source, id, at));
    contacts.responses(
        handle,
        List.of(
            new Row<>(
                source + ":" + id,
                link.contactId(),
                0,
                new Response(at, link.channel(), OPT_OUT, null))));
    optOuts.obey(handle, List.of(no));
  }

  private static OptOut endsAtLeast(Link link, boolean all, String source, String id, Instant at) {
    return new OptOut(
        link.contactId(),
        link.channel(),
        List.of(all ? OptOutRules.ALL : link.channel().code()),
        OPT_OUT,
        false,
        source,
        id,
        null,
        null,
        at,
        null);
  }

  /**
   * Begins the channel of a link again: a consent with its proof, and the end of what the person
   * had said no to there. Whatever else keeps messages away stays.
   *
   * @param shown what the person agreed to, word for word
   * @param language in which it was shown
   */
  public Standing resume(Link link, String shown, String language) {
    return ContactIntake.patiently(
        () ->
            jdbi.inTransaction(
                handle -> {
                  if (isKnown(handle, link) && isResumable(link)) {
                    resume(handle, link, shown, language);
                  }
                  return standing(handle, link);
                }));
  }

  private void resume(Handle handle, Link link, String shown, String language) {
    Instant at = now();
    PersonLocks.lock(handle, List.of(link.contactId()));
    String channel = link.channel().code();
    var ended = new ArrayList<Row<Suppression>>();
    for (Row<Suppression> row : store.inForce(handle, link.contactId(), at)) {
      Suppression no = row.value();
      if (!PreferenceStore.RESUMABLE.contains(no.reason())) {
        continue;
      }
      if (no.scope().equals(channel) || no.scope().equals(OptOutRules.ALL)) {
        ended.addAll(PreferenceStore.ended(List.of(row), at));
      }
      if (no.scope().equals(OptOutRules.ALL)) {
        // Yes to one channel is no yes to the others.
        for (String other : OptOuts.channels()) {
          if (!other.equals(channel)) {
            ended.add(
                new Row<>(
                    "", row.contactId(), 0, new Suppression(other, no.reason(), no.since(), null)));
          }
        }
      }
    }
    contacts.suppressions(handle, ended);
    store.resumeAddresses(handle, link.contactId(), channel, at);
    consent(handle, link, shown, language, at);
  }

  private void consent(Handle handle, Link link, String shown, String language, Instant at) {
    byte[] document =
        CanonicalJson.of(
            JsonNodeFactory.instance
                .objectNode()
                .put("at", Rfc3339.format(at))
                .put("channel", link.channel().code())
                .put("contact", link.contactId())
                .put("language", language)
                .put("method", METHOD)
                .put("nonce", ids.next().toString())
                .put("textShown", shown));
    String hash = "sha256:" + HexFormat.of().formatHex(Sha256.of(document));
    store.keepProof(handle, hash, link.contactId(), new String(document, StandardCharsets.UTF_8));
    var consent =
        new Consent(
            link.channel(), "express", at, METHOD, true, "preference page", hash, true, null);
    contacts.consents(
        handle,
        List.of(new Row<>("", link.contactId(), 0, new AddressedConsent(consent, null, null))));
    byte[] body =
        CanonicalJson.of(
            JsonNodeFactory.instance
                .objectNode()
                .put("channel", link.channel().code())
                .put("kind", "consent_given")
                .put("method", METHOD)
                .put("proof", hash)
                .put("v", 1));
    DecisionStore.append(handle, List.of(new AuditEvent(ids.next(), "consent_given", null, body)));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}

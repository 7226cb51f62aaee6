package rekindle.service.optout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts.Suppression;
import rekindle.json.CanonicalJson;
import rekindle.json.Rfc3339;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.optout.OptOutRules.Deadline;
import rekindle.service.record.Rows.Row;
import rekindle.service.store.AuditEvent;
import rekindle.service.store.ContactStore;
import rekindle.service.store.DecisionStore;
import rekindle.service.store.OpenTouches;
import rekindle.service.store.PersonLocks;
import rekindle.service.store.RevocationWriter;
import rekindle.service.store.RevocationWriter.AddressEnd;
import rekindle.service.store.RevocationWriter.Member;
import rekindle.service.store.RevocationWriter.Revocation;
import rekindle.service.store.RevocationWriter.Sharing;

/**
 * Obeys noes in the transaction that receives them: suppresses what they end on every record of the
 * person and for their addresses, withholds touches that are reserved and recalls others, starts
 * the clock that an audit reads, and tells the audit log. Thread-safe.
 */
public final class OptOuts {
  private final ContactStore contacts;
  private final RevocationWriter writer;
  private final OptOutRules rules;
  private final TimeOrderedIds ids;

  public OptOuts(
      ContactStore contacts, RevocationWriter writer, OptOutRules rules, TimeOrderedIds ids) {
    this.contacts = contacts;
    this.writer = writer;
    this.rules = rules;
    this.ids = ids;
  }

  /**
   * Obeys noes about known contacts, in the caller's transaction. The persons are locked in the
   * order of their ids.
   */
  public void obey(Handle handle, List<OptOut> noes) {
    if (noes.isEmpty()) {
      return;
    }
    Map<String, String> persons =
        PersonLocks.lock(handle, noes.stream().map(OptOut::contactId).toList());
    Map<String, List<Member>> members = writer.members(handle, new TreeSet<>(persons.values()));
    var suppressions = new LinkedHashSet<Row<Suppression>>();
    var addresses = new LinkedHashSet<AddressEnd>();
    var touches = new ArrayList<OpenTouches.End>();
    var sources = new HashMap<String, String>();
    var revocations = new ArrayList<Revocation>();
    var events = new ArrayList<AuditEvent>();
    for (OptOut no : noes) {
      String person = Objects.requireNonNull(persons.get(no.contactId()));
      List<Member> records = members.getOrDefault(person, List.of());
      if (!no.forAddress()) {
        suppressions(no, records, suppressions);
      }
      addresses(no, records, addresses);
      records.forEach(record -> sources.putIfAbsent(record.contactId(), no.sourceId()));
      for (Member record : no.forAddress() ? own(no, records) : records) {
        no.ends()
            .forEach(
                channel ->
                    touches.add(
                        OpenTouches.End.revoked(record.contactId(), channel, no.sourceId())));
      }
      Revocation revocation = revocation(no, records);
      revocations.add(revocation);
      events.add(event(revocation, records.get(0)));
    }
    contacts.suppressions(handle, List.copyOf(suppressions));
    writer.endAddresses(handle, List.copyOf(addresses));
    // What is on its way to the same address for somebody else ends as well.
    for (Sharing sharing : writer.sharing(handle, List.copyOf(addresses))) {
      touches.add(
          OpenTouches.End.revoked(
              sharing.otherContactId(),
              sharing.channel(),
              Objects.requireNonNull(sources.get(sharing.contactId()))));
    }
    OpenTouches.end(handle, touches, ids::next);
    writer.record(handle, revocations);
    DecisionStore.append(handle, events);
  }

  /**
   * Obeys a no that came from an address which is nobody's yet: it ends what goes over the address,
   * whoever will have it.
   */
  public void obeyForAddress(Handle handle, long addressId, boolean email, OptOut no) {
    List<String> ends =
        over(email ? Channel.EMAIL : Channel.PHONE).stream().filter(no::ends).toList();
    writer.endAddress(handle, addressId, ends, no.reason(), no.receivedAt());
  }

  private static List<Member> own(OptOut no, List<Member> records) {
    return records.stream().filter(r -> r.contactId().equals(no.contactId())).toList();
  }

  private static void suppressions(
      OptOut no, List<Member> records, Collection<Row<Suppression>> into) {
    for (Member record : records) {
      for (String scope : no.ends()) {
        into.add(
            new Row<>(
                "",
                record.contactId(),
                0,
                new Suppression(scope, no.reason(), no.receivedAt(), null)));
      }
    }
  }

  /**
   * What ends for addresses, so that it holds for whoever else has them: each ends for the channels
   * that go over it. A no that holds for an address concerns the one that it came from alone.
   */
  private static void addresses(OptOut no, List<Member> records, Collection<AddressEnd> into) {
    Channel from = no.channel();
    for (Member record : no.forAddress() ? own(no, records) : records) {
      for (Channel channel : Channel.values()) {
        if (no.forAddress() && from != null && channel != from) {
          continue;
        }
        over(channel).stream()
            .filter(no::ends)
            .forEach(
                scope ->
                    into.add(
                        new AddressEnd(
                            record.contactId(),
                            channel.code(),
                            scope,
                            no.reason(),
                            no.receivedAt())));
      }
    }
  }

  /** The channels that an address of a channel serves. */
  private static List<String> over(Channel channel) {
    return switch (channel) {
      case EMAIL -> List.of("email", "paid_media");
      case SMS, PHONE, WHATSAPP -> List.of("sms", "phone", "whatsapp", "paid_media");
      default -> List.of(channel.code());
    };
  }

  private Revocation revocation(OptOut no, List<Member> records) {
    var jurisdictions = new TreeSet<String>();
    var zones = new TreeSet<String>();
    records.forEach(
        record -> {
          jurisdictions.addAll(record.jurisdictions());
          zones.addAll(record.timeZones());
        });
    List<Deadline> deadlines =
        rules.deadlines(no.receivedAt(), no.ends(), List.copyOf(jurisdictions), List.copyOf(zones));
    String channel = no.channel() == null ? null : no.channel().code();
    List<Deadline> own = OptOutRules.ofChannel(deadlines, channel);
    return new Revocation(
        no.contactId(),
        channel,
        no.ends(),
        no.reason(),
        no.source(),
        no.sourceId(),
        no.row(),
        no.rule(),
        no.receivedAt(),
        own.stream().map(Deadline::legal).min(Comparator.naturalOrder()).orElse(null),
        own.stream().map(Deadline::strict).min(Comparator.naturalOrder()).orElse(null),
        new String(CanonicalJson.of(json(deadlines)), StandardCharsets.UTF_8),
        no.note());
  }

  static ArrayNode json(List<Deadline> deadlines) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Deadline deadline : deadlines) {
      array
          .addObject()
          .put("channel", deadline.channel())
          .put("legal", Rfc3339.format(deadline.legal()))
          .put("row", deadline.row())
          .put("rule", deadline.rule())
          .put("strict", Rfc3339.format(deadline.strict()));
    }
    return array;
  }

  private AuditEvent event(Revocation revocation, Member record) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("channel", revocation.channel());
    body.put("kind", "revocation");
    body.put("legalDeadline", text(revocation.legalDeadline()));
    body.put("reason", revocation.reason());
    body.put("received", Rfc3339.format(revocation.receivedAt()));
    body.put("row", revocation.row());
    body.put("rule", revocation.rule());
    ArrayNode scope = body.putArray("scope");
    revocation.scope().forEach(scope::add);
    body.put("strictDeadline", text(revocation.strictDeadline()));
    body.put("subject", record.subjectRef().toString());
    body.put("v", 1);
    return new AuditEvent(ids.next(), "revocation", record.subjectRef(), CanonicalJson.of(body));
  }

  private static @Nullable String text(java.time.@Nullable Instant instant) {
    return instant == null ? null : Rfc3339.format(instant);
  }

  /** All channels by their codes. */
  static List<String> channels() {
    return Arrays.stream(Channel.values()).map(Channel::code).toList();
  }
}

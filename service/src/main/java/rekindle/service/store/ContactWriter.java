package rekindle.service.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Contact;
import rekindle.facts.ContactFacts.Lifecycle;
import rekindle.facts.ContactFacts.Orders;
import rekindle.facts.FactsWriter;
import rekindle.service.record.ContactRecord;
import rekindle.service.record.FactsSummary;

/** Writes records of contacts, their addresses, and which person they are. */
final class ContactWriter {
  private final Identities identities;

  ContactWriter(Identities identities) {
    this.identities = identities;
  }

  /** A contact, its addresses by number, and the hash of all that was told. */
  private record Told(ContactRecord contact, Map<Channel, Long> addresses, byte[] content) {
    String id() {
      return contact.id();
    }
  }

  /** A contact as it was: the hash of what was told, and the number of its telephone number. */
  // Compared by tells alone.
  @SuppressWarnings("ArrayRecordComponent")
  private record Known(byte[] content, @Nullable Long phone) {
    boolean tells(byte[] other) {
      return Arrays.equals(content, other);
    }
  }

  /** The last of several records of one contact counts. */
  ContactsWritten write(Handle handle, List<ContactRecord> contacts) {
    EventStore.bringContacts(handle);
    Map<String, Told> told = told(handle, contacts);
    Map<String, Known> known = known(handle, told.keySet());
    List<Told> changed =
        told.values().stream().filter(one -> isNew(one, known.get(one.id()))).toList();
    if (!changed.isEmpty()) {
      lockJoinAddresses(handle, changed);
      upsert(handle, changed);
      writeAddresses(handle, changed, known.keySet());
    }
    List<String> ids = changed.stream().map(Told::id).toList();
    Map<String, String> ambiguous = Persons.update(handle, ids);
    holdForEvents(handle, ids);
    Wakes.wake(handle, ids);
    return new ContactsWritten(
        changed.size(), contacts.size() - changed.size(), ambiguous, otherPhones(changed, known));
  }

  private static boolean isNew(Told told, @Nullable Known known) {
    return known == null || !known.tells(told.content());
  }

  private static final String HOLD_FOR_EVENTS =
      """
      insert into contact_hold (contact_id, type, reason)
      select distinct known.contact_id, 'events',
             'Events about the contact came before it and are being applied; ask again in a moment.'
        from (select a.contact_id from event_aside a
               where a.contact_id in (select id from json_array_elements_text(cast(:ids as json)) as w(id))
              union
              select ca.contact_id
                from event_aside a
                join contact_address ca on ca.address_id = a.address_id
               where ca.contact_id in (select id from json_array_elements_text(cast(:ids as json)) as w(id))) known
      on conflict do nothing
      """;

  /** An event may say no: until those that waited for a contact are applied, nobody decides. */
  private static void holdForEvents(Handle handle, List<String> ids) {
    if (!ids.isEmpty()) {
      handle.createUpdate(HOLD_FOR_EVENTS).bind("ids", JsonRows.texts(ids)).execute();
    }
  }

  private static Set<String> otherPhones(List<Told> changed, Map<String, Known> known) {
    Set<String> others = new HashSet<>();
    for (Told one : changed) {
      Known before = known.get(one.id());
      Long old = before == null ? null : before.phone();
      if (old != null
          && one.contact().phone() != null
          && !old.equals(one.addresses().get(Channel.PHONE))) {
        others.add(one.id());
      }
    }
    return others;
  }

  private Map<String, Told> told(Handle handle, List<ContactRecord> contacts) {
    Set<String> texts = new HashSet<>();
    contacts.forEach(contact -> texts.addAll(contact.addresses().values()));
    Map<String, Long> numbers = identities.resolve(handle, texts);
    Map<String, Told> told = new LinkedHashMap<>();
    for (ContactRecord contact : contacts) {
      var addresses = new TreeMap<Channel, Long>();
      contact.addresses().forEach((channel, text) -> addresses.put(channel, numbers.get(text)));
      told.put(contact.id(), new Told(contact, addresses, content(contact, addresses)));
    }
    return told;
  }

  /** Addresses enter as their numbers, so that the hash tells nobody whether one was guessed. */
  private static byte[] content(ContactRecord contact, Map<Channel, Long> addresses) {
    FactsSummary summary = contact.summary();
    var facts =
        new ContactFacts(
            contact.contact(),
            contact.reach(),
            new Lifecycle(
                null,
                summary == null ? null : summary.orders(),
                contact.lastLoginAt(),
                null,
                null,
                contact.funnel()),
            contact.value(),
            ContactFacts.NO_HISTORY,
            List.of(),
            List.of(),
            ContactFacts.NO_REGISTRY,
            List.of(),
            List.of(),
            List.of(),
            null,
            summary == null ? Map.of() : summary.channelHealth());
    return Content.of(
        new String(FactsWriter.write(facts), java.nio.charset.StandardCharsets.UTF_8),
        contact.country(),
        summary == null ? null : summary.until(),
        addresses);
  }

  private static final String KNOWN =
      """
      select c.id, c.content, phone.address_id as phone
        from json_array_elements_text(cast(:ids as json)) as w(id)
        join contact c on c.id = w.id
        left join contact_address phone on phone.contact_id = c.id and phone.channel = 'phone'
      """;

  private static Map<String, Known> known(Handle handle, Collection<String> ids) {
    Map<String, Known> known = new HashMap<>();
    handle
        .createQuery(KNOWN)
        .bind("ids", JsonRows.texts(ids))
        .map(
            (row, context) ->
                Map.entry(
                    row.getString("id"),
                    new Known(row.getBytes("content"), row.getObject("phone", Long.class))))
        .forEach(entry -> known.put(entry.getKey(), entry.getValue()));
    return known;
  }

  private static final String LOCK_ADDRESSES =
      """
      select a.id from address a
       where a.id in (select cast(w.id as bigint)
                        from json_array_elements_text(cast(:ids as json)) as w(id))
       order by a.id
         for no key update
      """;

  /**
   * Two transactions that give one address to two contacts do so one after the other; the later one
   * then sees whom the contact belongs to.
   */
  private static void lockJoinAddresses(Handle handle, List<Told> changed) {
    Set<String> ids = new HashSet<>();
    for (Told one : changed) {
      one.addresses()
          .forEach(
              (channel, id) -> {
                if (channel == Channel.EMAIL || channel == Channel.PHONE) {
                  ids.add(String.valueOf(id));
                }
              });
    }
    if (!ids.isEmpty()) {
      handle.createQuery(LOCK_ADDRESSES).bind("ids", JsonRows.texts(ids)).mapTo(Long.class).list();
    }
  }

  private static final String UPSERT =
      """
      insert into contact as c (
          id, content, declared_person, account_id, program, business, language, subscriber_type,
          relationship, country, jurisdictions, time_zones, lead_source, status_at_last_touch,
          last_touch_channel, last_engagement_at, last_inquiry_at, last_inbound_at,
          do_not_contact_scope, global_privacy_control, tags, funnel, last_login_at, currency,
          lifetime_value, acquisition_cost, gross_margin_rate, facts_summary)
      select r.*
        from json_to_recordset(cast(:rows as json)) as r(
          id text, content bytea, declared_person text, account_id text, program text,
          business text, language text, subscriber_type text, relationship text, country text,
          jurisdictions text[], time_zones text[], lead_source text, status_at_last_touch text,
          last_touch_channel text, last_engagement_at timestamptz, last_inquiry_at timestamptz,
          last_inbound_at jsonb, do_not_contact_scope text[], global_privacy_control boolean,
          tags text[], funnel text, last_login_at timestamptz, currency text,
          lifetime_value numeric, acquisition_cost numeric, gross_margin_rate numeric,
          facts_summary jsonb)
       order by r.id
      on conflict (id) do update
         set content = excluded.content,
             declared_person = excluded.declared_person,
             account_id = excluded.account_id,
             program = excluded.program,
             business = excluded.business,
             language = excluded.language,
             subscriber_type = excluded.subscriber_type,
             relationship = excluded.relationship,
             country = excluded.country,
             jurisdictions = excluded.jurisdictions,
             time_zones = excluded.time_zones,
             lead_source = excluded.lead_source,
             status_at_last_touch = excluded.status_at_last_touch,
             last_touch_channel = excluded.last_touch_channel,
             last_engagement_at = excluded.last_engagement_at,
             last_inquiry_at = excluded.last_inquiry_at,
             last_inbound_at = excluded.last_inbound_at,
             do_not_contact_scope = excluded.do_not_contact_scope,
             global_privacy_control = excluded.global_privacy_control,
             tags = excluded.tags,
             funnel = excluded.funnel,
             last_login_at = excluded.last_login_at,
             currency = excluded.currency,
             lifetime_value = excluded.lifetime_value,
             acquisition_cost = excluded.acquisition_cost,
             gross_margin_rate = excluded.gross_margin_rate,
             facts_summary = excluded.facts_summary,
             updated_at = clock_timestamp()
      """;

  private static void upsert(Handle handle, List<Told> changed) {
    handle.createUpdate(UPSERT).bind("rows", JsonRows.of(changed, ContactWriter::fields)).execute();
  }

  private static void fields(Told told, JsonRows row) {
    ContactRecord contact = told.contact();
    Contact facts = contact.contact();
    row.text("id", facts.id())
        .bytes("content", told.content())
        .text("declared_person", facts.personId())
        .text("account_id", facts.accountId())
        .text("program", facts.program())
        .text("business", facts.business())
        .text("language", facts.language())
        .text("subscriber_type", facts.subscriberType())
        .text("relationship", facts.relationship())
        .text("country", contact.country())
        .texts("jurisdictions", facts.jurisdictions())
        .texts("time_zones", facts.timeZones())
        .text("lead_source", facts.source())
        .text("status_at_last_touch", facts.statusAtLastTouch())
        .text("last_touch_channel", facts.lastTouchChannel())
        .instant("last_engagement_at", facts.lastEngagementAt())
        .instant("last_inquiry_at", facts.lastInquiryAt())
        .instants("last_inbound_at", facts.lastInboundAt())
        .texts("do_not_contact_scope", facts.doNotContactScope())
        .bool("global_privacy_control", facts.globalPrivacyControl())
        .texts("tags", facts.tags())
        .text("funnel", contact.funnel())
        .instant("last_login_at", contact.lastLoginAt())
        .text("currency", contact.value().currency())
        .decimal("lifetime_value", contact.value().lifetimeValue())
        .decimal("acquisition_cost", contact.value().acquisitionCost())
        .decimal("gross_margin_rate", contact.value().grossMarginRate());
    summary(contact.summary(), row);
  }

  private static void summary(@Nullable FactsSummary summary, JsonRows row) {
    if (summary == null) {
      return;
    }
    Orders orders = summary.orders();
    row.object(
        "facts_summary",
        json -> {
          json.integer("until", summary.until().toEpochMilli());
          if (orders != null) {
            java.time.Instant at = orders.lastPurchaseAt();
            json.bool("orders", true)
                .integer("ordersCount", orders.count())
                .integer("lastPurchaseAt", at == null ? null : (Long) at.toEpochMilli());
          }
          json.object(
              "channelHealth",
              health ->
                  summary.channelHealth().forEach((c, state) -> health.text(c.code(), state)));
        });
  }

  private static final String DROP_ADDRESSES =
      """
      delete from contact_address ca
       using json_array_elements_text(cast(:contacts as json)) as w(id)
       where ca.contact_id = w.id
         and not exists (
           select from json_to_recordset(cast(:rows as json)) as r(contact_id text, channel text)
            where r.contact_id = ca.contact_id and r.channel = ca.channel)
      """;

  private static final String WRITE_ADDRESSES =
      """
      insert into contact_address as ca (contact_id, channel, state, address_id)
      select r.contact_id, r.channel, r.state, r.address_id
        from json_to_recordset(cast(:rows as json))
               as r(contact_id text, channel text, state text, address_id bigint)
      on conflict (contact_id, channel) do update
         set state = excluded.state, address_id = excluded.address_id
       where (ca.state, ca.address_id) is distinct from (excluded.state, excluded.address_id)
      """;

  private record Reached(
      String contactId, Channel channel, @Nullable String state, @Nullable Long addressId) {}

  private static void writeAddresses(Handle handle, List<Told> changed, Set<String> known) {
    var reached = new ArrayList<Reached>();
    for (Told one : changed) {
      Set<Channel> channels = EnumSet.noneOf(Channel.class);
      channels.addAll(one.contact().reach().keySet());
      channels.addAll(one.addresses().keySet());
      for (Channel channel : channels) {
        reached.add(
            new Reached(
                one.id(),
                channel,
                one.contact().reach().get(channel),
                one.addresses().get(channel)));
      }
    }
    String rows =
        JsonRows.of(
            reached,
            (one, row) ->
                row.text("contact_id", one.contactId())
                    .text("channel", one.channel().code())
                    .text("state", one.state())
                    .integer("address_id", one.addressId()));
    List<String> before = changed.stream().map(Told::id).filter(known::contains).toList();
    if (!before.isEmpty()) {
      handle
          .createUpdate(DROP_ADDRESSES)
          .bind("contacts", JsonRows.texts(before))
          .bind("rows", rows)
          .execute();
    }
    handle.createUpdate(WRITE_ADDRESSES).bind("rows", rows).execute();
  }
}

package rekindle.service.store;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Forgets a person (GDPR, article 17), within the caller's transaction and under the person's lock.
 * What is left: keyed hashes of the addresses with what they must not be used for, so that whoever
 * comes again stays suppressed; noes without their person; and proofs of decisions without what was
 * decided on.
 */
public final class Erasure {
  private Erasure() {}

  /** All rows of these tables are about contacts and go with them, in this order. */
  private static final List<String> OF_CONTACTS =
      List.of(
          "consent",
          "suppression",
          "response",
          "registry_answer",
          "incentive_grant",
          "win_back",
          "trigger_event",
          "subscription",
          "purchase",
          "deal",
          "meeting",
          "escalation",
          "journey",
          "contact_hold",
          "contact_content",
          "contact_pin",
          "identity_change_contact",
          "person_move",
          "consent_proof",
          "event_aside");

  /** Noes that are kept as hashes: those of the person, and that nobody is to be contacted. */
  private static final String KEEP_NOES =
      """
      with gone as materialized (
        select ca.address_id, l.kind, l.key_id, l.hmac
          from contact_address ca
          join address_lookup l on l.address_id = ca.address_id
         where ca.contact_id = any(:contacts)
           and not exists (
             select from contact_address other
              where other.address_id = ca.address_id and other.contact_id <> all(:contacts)))
      insert into erased_suppression (kind, key_id, hmac, scope, reason, since, until)
      select g.kind, g.key_id, g.hmac, s.scope, s.reason, s.since, s.until
        from gone g
        join (select scope, reason, since, until from (
                select distinct on (contact_id, scope, reason, since) scope, reason, since, until
                  from suppression where contact_id = any(:contacts)
                 order by contact_id, scope, reason, since, id desc) of_person
              union
              select 'all', 'do_not_contact', date_trunc('milliseconds', clock_timestamp()), null) s on true
      union
      select g.kind, g.key_id, g.hmac, s.scope, s.reason, s.since, s.until
        from gone g
        join address_suppression s on s.address_id = g.address_id
      on conflict do nothing
      """;

  /** An address that somebody else has too cannot be forgotten; what goes over it is closed. */
  private static final String CLOSE_SHARED =
      """
      insert into address_suppression (address_id, scope, reason, since)
      select distinct ca.address_id, w.scope, 'do_not_contact', date_trunc('milliseconds', clock_timestamp())
        from contact_address ca
        join address a on a.id = ca.address_id
       cross join lateral unnest(
               case a.kind when 'email' then array['email']
                           when 'phone' then array['sms', 'phone', 'whatsapp']
                           else array[ca.channel] end) as w(scope)
       where ca.contact_id = any(:contacts)
         and exists (
           select from contact_address other
            where other.address_id = ca.address_id and other.contact_id <> all(:contacts))
      """;

  private static final String GONE_ADDRESSES =
      """
      select distinct x.address_id
        from (select address_id from contact_address where contact_id = any(:contacts)
              union select address_id from consent where contact_id = any(:contacts)
              union select address_id from touch where contact_id = any(:contacts)) x
       where x.address_id is not null
         and not exists (select from contact_address o where o.address_id = x.address_id and o.contact_id <> all(:contacts))
         and not exists (select from consent o where o.address_id = x.address_id and o.contact_id <> all(:contacts))
         and not exists (select from touch o where o.address_id = x.address_id and o.contact_id <> all(:contacts))
      """;

  /** What was erased, for the audit log. */
  public record Erased(UUID subjectRef, int contacts, int decisions) {}

  /**
   * Forgets a person.
   *
   * @param contactIds all contacts of it
   */
  public static Erased erase(Handle handle, String personId, Set<String> contactIds) {
    String[] contacts = contactIds.toArray(String[]::new);
    UUID subject =
        handle
            .createQuery("select subject_ref from person where id = :person")
            .bind("person", personId)
            .mapTo(UUID.class)
            .one();
    handle.execute("set local rekindle.erasure = 'on'");
    update(handle, KEEP_NOES, contacts);
    update(handle, CLOSE_SHARED, contacts);
    List<Long> addresses =
        handle
            .createQuery(GONE_ADDRESSES)
            .bindArray("contacts", String.class, (Object[]) contacts)
            .mapTo(Long.class)
            .list();
    int decisions = forgetDecisions(handle, contacts);
    forgetRecords(handle, contacts);
    forgetAddresses(handle, addresses);
    handle
        .createUpdate("delete from pilot_person where person_id = :person")
        .bind("person", personId)
        .execute();
    handle.createUpdate("delete from person where id = :person").bind("person", personId).execute();
    handle.execute("set local rekindle.erasure = 'off'");
    return new Erased(subject, contacts.length, decisions);
  }

  private static int update(Handle handle, String sql, String[] contacts) {
    return handle
        .createUpdate(sql)
        .bindArray("contacts", String.class, (Object[]) contacts)
        .execute();
  }

  private static int forgetDecisions(Handle handle, String[] contacts) {
    update(
        handle,
        """
        delete from idempotency_key k
         where exists (select from unnest(:contacts) as c(id)
                        where position(convert_to('"' || c.id || '"', 'UTF8') in k.answer) > 0)
        """,
        contacts);
    return update(
        handle,
        """
        update decision
           set contact_id = '', facts = null, outcome = null, salt = null, touch_id = null, erased_at = clock_timestamp()
         where contact_id = any(:contacts)
        """,
        contacts);
  }

  private static void forgetRecords(Handle handle, String[] contacts) {
    update(
        handle,
        "update revocation set contact_id = null, note = null, note_key = null where contact_id = any(:contacts)",
        contacts);
    update(
        handle,
        "delete from reply_review v using reply r where r.id = v.reply_id and r.contact_id = any(:contacts)",
        contacts);
    update(handle, "delete from reply where contact_id = any(:contacts)", contacts);
    update(handle, "delete from notification where subject = any(:contacts)", contacts);
    update(handle, "delete from task where contact_id = any(:contacts)", contacts);
    update(
        handle,
        "delete from touch_event e using touch t where t.id = e.touch_id and t.contact_id = any(:contacts)",
        contacts);
    update(handle, "delete from touch where contact_id = any(:contacts)", contacts);
    for (String table : OF_CONTACTS) {
      update(handle, "delete from " + table + " where contact_id = any(:contacts)", contacts);
    }
    update(handle, "delete from contact_address where contact_id = any(:contacts)", contacts);
    update(handle, "delete from contact_person where contact_id = any(:contacts)", contacts);
    update(handle, "delete from contact where id = any(:contacts)", contacts);
  }

  private static void forgetAddresses(Handle handle, List<Long> addresses) {
    for (String sql :
        List.of(
            "delete from event_aside where address_id = any(:addresses)",
            "delete from address_suppression where address_id = any(:addresses)",
            "delete from address_lookup where address_id = any(:addresses)",
            "delete from address where id = any(:addresses)")) {
      handle.createUpdate(sql).bindArray("addresses", Long.class, addresses.toArray()).execute();
    }
  }
}

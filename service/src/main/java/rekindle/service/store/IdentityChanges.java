package rekindle.service.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What people decide about who is whom, against what addresses and the system of record say. A
 * change pins every contact concerned to a person; undone, it gives each contact back what it was
 * pinned to before. Within the caller's transaction, under the locks of the persons concerned.
 */
public final class IdentityChanges {
  private IdentityChanges() {}

  /** What a change does. */
  public enum Kind {
    MERGE,
    SPLIT;

    public String code() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * A change as it is kept.
   *
   * @param persons the person of each contact by the change
   * @param undoneAt null while it holds
   */
  public record Change(
      UUID id,
      Kind kind,
      String reason,
      String client,
      Instant madeAt,
      @Nullable Instant undoneAt,
      @Nullable String undoReason,
      Map<String, String> persons) {}

  /** Why nothing was changed. */
  public enum Refusal {
    ONE_PERSON_ALREADY,
    SEVERAL_PERSONS,
    NOTHING_LEFT,
    UNDONE_ALREADY,
    CHANGED_SINCE
  }

  /** Why nothing was changed, for whoever asked. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    Refused(Refusal refusal) {
      super(refusal.name());
      this.refusal = refusal;
    }

    public Refusal refusal() {
      return refusal;
    }
  }

  private static final String CONTACTS =
      """
      select cp.contact_id, cp.person_id
        from contact_person cp
       where cp.person_id in (
         select own.person_id
           from json_array_elements_text(cast(:contacts as json)) as w(id)
           join contact_person own on own.contact_id = w.id)
      """;

  /** Whom all contacts of the contacts' persons belong to, after their persons were locked. */
  private static Map<String, String> locked(Handle handle, Collection<String> contactIds) {
    PersonLocks.lock(handle, contactIds);
    Map<String, String> persons = new TreeMap<>();
    handle
        .createQuery(CONTACTS)
        .bind("contacts", JsonRows.texts(contactIds))
        .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(entry -> persons.put(entry.getKey(), entry.getValue()));
    return persons;
  }

  /**
   * Makes the persons of some contacts one: the oldest of them. All that is known of each then
   * counts for it, noes included.
   *
   * @param contactIds known ones
   * @throws Refused if they are one person already
   */
  public static Change merge(
      Handle handle, UUID id, Collection<String> contactIds, String reason, String client) {
    Map<String, String> persons = locked(handle, contactIds);
    if (Set.copyOf(persons.values()).size() < 2) {
      throw new Refused(Refusal.ONE_PERSON_ALREADY);
    }
    String oldest = oldest(handle, persons.values());
    persons.replaceAll((contact, person) -> oldest);
    return make(handle, id, Kind.MERGE, persons, reason, client);
  }

  private static String oldest(Handle handle, Collection<String> persons) {
    return handle
        .createQuery(
            """
            select p.id
              from json_array_elements_text(cast(:persons as json)) as w(id)
              join person p on p.id = w.id
             order by p.created_at, p.id collate "C"
             limit 1
            """)
        .bind("persons", JsonRows.texts(Set.copyOf(persons)))
        .mapTo(String.class)
        .one();
  }

  /**
   * Makes some contacts of a person a person of their own, with all that is known of them; what was
   * known of the whole person stays with the contacts that it was told of.
   *
   * @param contactIds known ones
   * @throws Refused if they belong to several persons, or are all contacts of theirs
   */
  public static Change split(
      Handle handle, UUID id, Collection<String> contactIds, String reason, String client) {
    Map<String, String> persons = locked(handle, contactIds);
    if (Set.copyOf(persons.values()).size() > 1) {
      throw new Refused(Refusal.SEVERAL_PERSONS);
    }
    var apart = new HashSet<>(contactIds);
    if (apart.containsAll(persons.keySet())) {
      throw new Refused(Refusal.NOTHING_LEFT);
    }
    String name = newName(handle, new TreeSet<>(apart).first());
    persons.replaceAll((contact, person) -> apart.contains(contact) ? name : person);
    return make(handle, id, Kind.SPLIT, persons, reason, client);
  }

  private static String newName(Handle handle, String contactId) {
    String name = "p-" + contactId;
    while (isTaken(handle, name)) {
      name = "p-" + name;
    }
    return name;
  }

  private static boolean isTaken(Handle handle, String name) {
    return handle
        .createQuery(
            """
            select exists (select from person where id = :name)
                or exists (select from contact where declared_person = :name)
                or exists (select from contact_pin where person_id = :name)
            """)
        .bind("name", name)
        .mapTo(Boolean.class)
        .one();
  }

  private static final String PIN =
      """
      with told as materialized (
        select r.contact_id, r.person_id
          from json_to_recordset(cast(:rows as json)) as r(contact_id text, person_id text)),
      kept as (
        insert into identity_change_contact (change_id, contact_id, person_before, change_before, person_after)
        select :change, t.contact_id, pin.person_id, pin.change_id, t.person_id
          from told t
          left join contact_pin pin on pin.contact_id = t.contact_id)
      insert into contact_pin (contact_id, person_id, change_id)
      select t.contact_id, t.person_id, :change from told t
      on conflict (contact_id) do update
         set person_id = excluded.person_id, change_id = excluded.change_id
      """;

  private static Change make(
      Handle handle,
      UUID id,
      Kind kind,
      Map<String, String> persons,
      String reason,
      String client) {
    handle
        .createUpdate(
            "insert into identity_change (id, kind, reason, client) values (:id, :kind, :reason, :client)")
        .bind("id", id)
        .bind("kind", kind.code())
        .bind("reason", reason)
        .bind("client", client)
        .execute();
    handle
        .createUpdate(PIN)
        .bind("change", id)
        .bind(
            "rows",
            JsonRows.of(
                persons.entrySet(),
                (entry, row) ->
                    row.text("contact_id", entry.getKey()).text("person_id", entry.getValue())))
        .execute();
    Persons.update(handle, persons.keySet());
    return find(handle, id).orElseThrow();
  }

  private static final String UNDO =
      """
      with back as materialized (
        select contact_id, person_before, change_before
          from identity_change_contact where change_id = :change),
      freed as (
        delete from contact_pin pin using back
         where pin.contact_id = back.contact_id and back.person_before is null)
      update contact_pin pin
         set person_id = back.person_before, change_id = back.change_before
        from back
       where pin.contact_id = back.contact_id and back.person_before is not null
      """;

  /**
   * Undoes a change: each contact is again whose it would be without.
   *
   * @throws Refused if it was undone already, or a later change concerns one of its contacts
   */
  public static Change undo(Handle handle, UUID id, String reason, String client) {
    Change change = find(handle, id).orElseThrow();
    locked(handle, change.persons().keySet());
    if (change.undoneAt() != null) {
      throw new Refused(Refusal.UNDONE_ALREADY);
    }
    boolean last =
        handle
            .createQuery(
                """
                select not exists (
                  select from identity_change_contact c
                    left join contact_pin pin on pin.contact_id = c.contact_id
                   where c.change_id = :change and pin.change_id is distinct from c.change_id)
                """)
            .bind("change", id)
            .mapTo(Boolean.class)
            .one();
    if (!last) {
      throw new Refused(Refusal.CHANGED_SINCE);
    }
    handle.createUpdate(UNDO).bind("change", id).execute();
    handle
        .createUpdate(
            """
            update identity_change
               set undone_at = clock_timestamp(), undone_by = :client, undo_reason = :reason
             where id = :id
            """)
        .bind("id", id)
        .bind("client", client)
        .bind("reason", reason)
        .execute();
    Persons.update(handle, change.persons().keySet());
    return find(handle, id).orElseThrow();
  }

  private static final String FIND =
      """
      select x.id, x.kind, x.reason, x.client, x.made_at, x.undone_at, x.undo_reason, c.contact_id,
             c.person_after
        from identity_change x
        join identity_change_contact c on c.change_id = x.id
       where x.id in (select w.id::uuid from json_array_elements_text(cast(:ids as json)) as w(id))
       order by x.made_at, x.id
      """;

  public static Optional<Change> find(Handle handle, UUID id) {
    return find(handle, List.of(id)).stream().findFirst();
  }

  /** The changes that concern some contacts, the oldest first. */
  public static List<Change> of(Handle handle, Collection<String> contactIds) {
    List<UUID> ids =
        handle
            .createQuery(
                """
                select distinct c.change_id
                  from json_array_elements_text(cast(:contacts as json)) as w(id)
                  join identity_change_contact c on c.contact_id = w.id
                """)
            .bind("contacts", JsonRows.texts(contactIds))
            .mapTo(UUID.class)
            .list();
    return find(handle, ids);
  }

  private static List<Change> find(Handle handle, List<UUID> ids) {
    record Row(Change change, String contact, String person) {}
    List<Row> rows =
        handle
            .createQuery(FIND)
            .bind("ids", JsonRows.texts(ids.stream().map(UUID::toString).toList()))
            .map(
                (row, context) ->
                    new Row(
                        new Change(
                            row.getObject("id", UUID.class),
                            Kind.valueOf(row.getString("kind").toUpperCase(java.util.Locale.ROOT)),
                            row.getString("reason"),
                            row.getString("client"),
                            row.getObject("made_at", OffsetDateTime.class).toInstant(),
                            instant(row.getObject("undone_at", OffsetDateTime.class)),
                            row.getString("undo_reason"),
                            new TreeMap<>()),
                        row.getString("contact_id"),
                        row.getString("person_after")))
            .list();
    Map<UUID, Change> changes =
        rows.stream().collect(Collectors.toMap(r -> r.change().id(), Row::change, (a, b) -> a));
    rows.forEach(
        row -> {
          Change change = changes.get(row.change().id());
          if (change != null) {
            change.persons().put(row.contact(), row.person());
          }
        });
    return changes.values().stream()
        .sorted(Comparator.comparing(Change::madeAt).thenComparing(c -> c.id().toString()))
        .toList();
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}

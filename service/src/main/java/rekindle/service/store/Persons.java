package rekindle.service.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Brings {@code contact_person} up to date after contacts were written, for all of them at once.
 */
final class Persons {
  private final Handle handle;
  private final Set<String> changed;
  private final Set<String> locked = new HashSet<>();

  private Persons(Handle handle, Collection<String> changed) {
    this.handle = handle;
    this.changed = Set.copyOf(changed);
  }

  /**
   * Joins and parts the persons of changed contacts and of those with whom they share addresses, or
   * did. All persons concerned are locked until the transaction ends.
   *
   * @return contacts that share addresses with several declared persons, and whom they are taken
   *     for
   */
  static Map<String, String> update(Handle handle, Collection<String> changed) {
    return changed.isEmpty() ? Map.of() : new Persons(handle, changed).update();
  }

  private Map<String, String> update() {
    while (true) {
      Map<String, PersonMember> members = members();
      var groups = new PersonGroups(members.values());
      groups.name(taken(groups.possibleNames(), members.keySet()));
      Set<String> concerned = concerned(members, groups);
      int made = makePersons(groups.personByContact().values());
      // Nobody else can hold what was made just now; anything else may have changed while we
      // waited.
      if (locked.containsAll(concerned) || made == concerned.size()) {
        assign(members, groups.personByContact());
        return groups.ambiguous();
      }
      PersonLocks.lockPersons(handle, concerned);
      locked.addAll(concerned);
    }
  }

  private static Set<String> concerned(Map<String, PersonMember> members, PersonGroups groups) {
    var persons = new TreeSet<>(groups.personByContact().values());
    for (PersonMember member : members.values()) {
      String current = member.current();
      if (current != null) {
        persons.add(current);
      }
    }
    return persons;
  }

  private static final String FIRST =
      """
      with changed as materialized (
        select c.id, coalesce(pin.person_id, c.declared_person) as declared_person, cp.person_id
          from json_array_elements_text(cast(:changed as json)) as w(id)
          join contact c on c.id = w.id
          left join contact_pin pin on pin.contact_id = c.id
          left join contact_person cp on cp.contact_id = c.id)
      select id from changed
      union
      select m.contact_id
        from (select person_id from changed union select declared_person from changed) p(id)
        join contact_person m on m.person_id = p.id
      """;

  /**
   * The changed contacts, those of their persons, and whole groups of those who share addresses.
   */
  private Map<String, PersonMember> members() {
    Map<String, PersonMember> members = new HashMap<>();
    Set<Long> followed = new HashSet<>();
    Set<String> next =
        handle
            .createQuery(FIRST)
            .bind("changed", JsonRows.texts(changed))
            .mapTo(String.class)
            .collectIntoSet();
    while (!next.isEmpty()) {
      Set<Long> addresses = new HashSet<>();
      for (PersonMember member : read(next)) {
        members.put(member.contactId(), member);
        if (!member.isDeclared() || changed.contains(member.contactId())) {
          member.joinAddresses().stream().filter(followed::add).forEach(addresses::add);
        }
      }
      next = sharing(addresses);
      next.removeAll(members.keySet());
    }
    return members;
  }

  private static final String MEMBERS =
      """
      select c.id, coalesce(pin.person_id, c.declared_person) as declared_person, cp.person_id,
             pin.person_id is not null as pinned,
             cast(date_part('epoch', p.created_at) * 1000000 as bigint) as age,
             array(select ca.address_id
                     from contact_address ca
                     join address a on a.id = ca.address_id
                    where ca.contact_id = c.id
                      and ca.channel in ('email', 'phone') and ca.channel = a.kind) as addresses
        from json_array_elements_text(cast(:contacts as json)) as w(id)
        join contact c on c.id = w.id
        left join contact_pin pin on pin.contact_id = c.id
        left join contact_person cp on cp.contact_id = c.id
        left join person p on p.id = cp.person_id
      """;

  private Collection<PersonMember> read(Set<String> contactIds) {
    return handle
        .createQuery(MEMBERS)
        .bind("contacts", JsonRows.texts(contactIds))
        .map(
            (row, context) ->
                new PersonMember(
                    row.getString("id"),
                    row.getString("declared_person"),
                    row.getBoolean("pinned"),
                    row.getString("person_id"),
                    row.getLong("age"),
                    Set.of((Long[]) row.getArray("addresses").getArray())))
        .list();
  }

  private static final String SHARING =
      """
      select distinct ca.contact_id
        from json_array_elements_text(cast(:addresses as json)) as w(id)
        join address a on a.id = cast(w.id as bigint)
        join contact_address ca on ca.address_id = a.id
       where ca.channel in ('email', 'phone') and ca.channel = a.kind
      """;

  private Set<String> sharing(Set<Long> addresses) {
    if (addresses.isEmpty()) {
      return new HashSet<>();
    }
    return new HashSet<>(
        handle
            .createQuery(SHARING)
            .bind("addresses", JsonRows.texts(addresses.stream().map(String::valueOf).toList()))
            .mapTo(String.class)
            .list());
  }

  private static final String TAKEN =
      """
      with member as materialized (
        select id from json_array_elements_text(cast(:members as json)) as w(id))
      select w.id
        from json_array_elements_text(cast(:names as json)) as w(id)
       where exists (select from contact c where c.declared_person = w.id)
          or exists (select from contact_pin pin where pin.person_id = w.id)
          or exists (select from contact_person cp
                      where cp.person_id = w.id
                        and cp.contact_id not in (select id from member))
      """;

  private Predicate<String> taken(Set<String> names, Set<String> members) {
    Set<String> taken = readTaken(names, members);
    return name ->
        names.contains(name) ? taken.contains(name) : !readTaken(Set.of(name), members).isEmpty();
  }

  private Set<String> readTaken(Set<String> names, Set<String> members) {
    return handle
        .createQuery(TAKEN)
        .bind("names", JsonRows.texts(names))
        .bind("members", JsonRows.texts(members))
        .mapTo(String.class)
        .collectIntoSet();
  }

  private static final String MAKE =
      """
      insert into person (id)
      select distinct w.id from json_array_elements_text(cast(:persons as json)) as w(id)
       order by w.id
      on conflict (id) do nothing
      """;

  private int makePersons(Collection<String> persons) {
    return handle.createUpdate(MAKE).bind("persons", JsonRows.texts(persons)).execute();
  }

  private static final String ASSIGN =
      """
      insert into contact_person (contact_id, person_id)
      select r.contact_id, r.person_id
        from json_to_recordset(cast(:rows as json)) as r(contact_id text, person_id text)
      on conflict (contact_id) do update
         set person_id = excluded.person_id, since = clock_timestamp()
      """;

  private void assign(Map<String, PersonMember> members, Map<String, String> persons) {
    var moved =
        members.values().stream()
            .filter(
                member -> !String.valueOf(persons.get(member.contactId())).equals(member.current()))
            .toList();
    if (moved.isEmpty()) {
      return;
    }
    Map<String, Long> contacts =
        persons.values().stream()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    String rows =
        JsonRows.of(
            moved,
            (member, row) -> {
              String person = Objects.requireNonNull(persons.get(member.contactId()));
              row.text("contact_id", member.contactId())
                  .text("person_id", person)
                  .text("before", member.current())
                  .text("reason", reason(member, contacts.getOrDefault(person, 0L)));
            });
    handle.createUpdate(TELL_MOVES).bind("rows", rows).execute();
    handle.createUpdate(ASSIGN).bind("rows", rows).execute();
  }

  private static String reason(PersonMember member, long contactsOfPerson) {
    if (member.pinned()) {
      return "decided";
    }
    if (member.isDeclared()) {
      return "declared";
    }
    return contactsOfPerson > 1 ? "shared_address" : "no_shared_address";
  }

  private static final String TELL_MOVES =
      """
      insert into person_move (contact_id, from_person, to_person, reason)
      select r.contact_id, r.before, r.person_id, r.reason
        from json_to_recordset(cast(:rows as json))
               as r(contact_id text, before text, person_id text, reason text)
       where r.before is not null
      """;
}

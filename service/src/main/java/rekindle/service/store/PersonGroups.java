package rekindle.service.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which contacts are one person. Contacts that declare the same person are; those that declare none
 * belong together if they share an e-mail address or a telephone number, and to the declared person
 * whose contact has one of these. Two declared persons stay two. A group that no declared person
 * claims keeps the oldest name that it has, else gets {@code p-} and its smallest contact id: the
 * name holds no address, and stays when contacts come and go.
 */
final class PersonGroups {
  /** Contacts that declare no person and share addresses, one with the next. */
  record Group(List<PersonMember> members, TreeSet<String> declaredPersons) {
    String firstContactId() {
      return members.stream().map(PersonMember::contactId).min(String::compareTo).orElseThrow();
    }
  }

  private record Claim(String person, long age, String contactId, Group group) {}

  private final List<Group> groups = new ArrayList<>();
  private final Map<String, String> personByContact = new TreeMap<>();
  private final Map<String, String> ambiguous = new TreeMap<>();

  /**
   * @param members whole groups, and the declaring contacts that share addresses with them
   */
  PersonGroups(Collection<PersonMember> members) {
    Map<Long, List<PersonMember>> byAddress = new HashMap<>();
    for (PersonMember member : members) {
      member
          .joinAddresses()
          .forEach(a -> byAddress.computeIfAbsent(a, x -> new ArrayList<>(2)).add(member));
      String declared = member.declared();
      if (declared != null) {
        personByContact.put(member.contactId(), declared);
      }
    }
    Set<String> grouped = new HashSet<>();
    for (PersonMember member : members) {
      if (!member.isDeclared() && !grouped.contains(member.contactId())) {
        groups.add(group(member, byAddress, grouped));
      }
    }
  }

  private static Group group(
      PersonMember first, Map<Long, List<PersonMember>> byAddress, Set<String> grouped) {
    var group = new Group(new ArrayList<>(), new TreeSet<>());
    var open = new ArrayList<PersonMember>(List.of(first));
    while (!open.isEmpty()) {
      PersonMember member = open.remove(open.size() - 1);
      String declared = member.declared();
      if (declared != null) {
        group.declaredPersons().add(declared);
      } else if (grouped.add(member.contactId())) {
        group.members().add(member);
        for (Long address : member.joinAddresses()) {
          List<PersonMember> sharing = byAddress.remove(address);
          open.addAll(sharing == null ? List.of() : sharing);
        }
      }
    }
    return group;
  }

  /** Names that groups without a declared person may keep or get. */
  Set<String> possibleNames() {
    var names = new TreeSet<String>();
    for (Group group : groups) {
      if (group.declaredPersons().isEmpty()) {
        group.members().stream()
            .map(PersonMember::current)
            .filter(Objects::nonNull)
            .forEach(names::add);
        names.add(derived(group.firstContactId()));
      }
    }
    return names;
  }

  private static String derived(String contactId) {
    return "p-" + contactId;
  }

  /**
   * Gives every group its person.
   *
   * @param isTaken whether a name belongs to somebody who is not among the groups
   */
  void name(Predicate<String> isTaken) {
    Map<Group, String> kept = new IdentityHashMap<>();
    Set<String> used = new HashSet<>();
    for (Claim claim : claims()) {
      String person = claim.person();
      if (!used.contains(person)
          && !isTaken.test(person)
          && kept.putIfAbsent(claim.group(), person) == null) {
        used.add(person);
      }
    }
    for (Group group : groups) {
      String person =
          person(group, kept.get(group), name -> used.contains(name) || isTaken.test(name));
      used.add(person);
      for (PersonMember member : group.members()) {
        personByContact.put(member.contactId(), person);
        if (group.declaredPersons().size() > 1) {
          ambiguous.put(member.contactId(), person);
        }
      }
    }
  }

  private static String person(Group group, @Nullable String kept, Predicate<String> isTaken) {
    if (!group.declaredPersons().isEmpty()) {
      return group.declaredPersons().first();
    }
    if (kept != null) {
      return kept;
    }
    String name = derived(group.firstContactId());
    while (isTaken.test(name)) {
      name = derived(name);
    }
    return name;
  }

  /** Who may keep which name: oldest first; of two groups the one with its smallest contact id. */
  private List<Claim> claims() {
    var claims = new ArrayList<Claim>();
    for (Group group : groups) {
      if (group.declaredPersons().isEmpty()) {
        for (PersonMember member : group.members()) {
          String current = member.current();
          if (current != null) {
            claims.add(new Claim(current, member.currentAge(), member.contactId(), group));
          }
        }
      }
    }
    claims.sort(
        Comparator.comparingLong(Claim::age)
            .thenComparing(Claim::person)
            .thenComparing(Claim::contactId));
    return claims;
  }

  /** The person of every contact. */
  Map<String, String> personByContact() {
    return personByContact;
  }

  /** Contacts that share addresses with several declared persons, and whom they are taken for. */
  Map<String, String> ambiguous() {
    return ambiguous;
  }
}

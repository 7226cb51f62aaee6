package rekindle.plan;

import java.util.List;
import rekindle.calendar.ZoneTransitions;
import rekindle.facts.ContactFacts.Contact;
import rekindle.policy.Release;

/** The zone whose dates and times a calendar is told in. */
record LocalPlace(ZoneTransitions zone, String name) {
  private static final String UTC = "UTC";

  /** The contact's, by the zones of the release; UTC where none or several are candidates. */
  static LocalPlace of(Release release, Contact contact) {
    List<String> names = release.zoneNames(contact);
    List<ZoneTransitions> zones = release.zones().distinct(names);
    return zones.size() == 1
        ? new LocalPlace(zones.get(0), names.get(0))
        : new LocalPlace(ZoneTransitions.fixed(UTC, 0), UTC);
  }
}

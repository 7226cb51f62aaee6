package rekindle.service.intake;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Contact;
import rekindle.facts.ContactFacts.Lifecycle;
import rekindle.facts.ContactFacts.Value;

/** Facts of contacts of whom a file tells little; the rest is unknown. */
final class Contacts {
  private Contacts() {}

  static Contact of(
      String id,
      String program,
      @Nullable String business,
      @Nullable String subscriberType,
      String relationship,
      List<String> jurisdictions) {
    return new Contact(
        id,
        null,
        null,
        program,
        business,
        null,
        subscriberType,
        relationship,
        jurisdictions,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        List.of(),
        false,
        List.of());
  }

  static ContactFacts facts(Contact contact, Lifecycle lifecycle, Value value) {
    return new ContactFacts(
        contact,
        Map.of(),
        lifecycle,
        value,
        ContactFacts.NO_HISTORY,
        List.of(),
        List.of(),
        ContactFacts.NO_REGISTRY,
        List.of(),
        List.of(),
        List.of(),
        null,
        Map.of());
  }
}

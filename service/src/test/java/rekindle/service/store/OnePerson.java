package rekindle.service.store;

import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** A person with contacts, and nobody else, for tests that need no more. */
final class OnePerson {
  private OnePerson() {}

  static void in(Jdbi jdbi, String person, String... contacts) {
    jdbi.useHandle(
        handle -> {
          for (String table :
              List.of("touch", "next_look", "contact_person", "contact", "person")) {
            handle.execute("delete from " + table);
          }
          handle.execute("insert into person (id) values (?)", person);
          for (String contact : contacts) {
            handle.execute("insert into contact (id, content) values (?, '')", contact);
            handle.execute(
                "insert into contact_person (contact_id, person_id) values (?, ?)",
                contact,
                person);
          }
        });
  }
}

package rekindle.service.store;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * All stored contacts, page by page in the order of their ids, each page as it is known when it is
 * read.
 */
public final class StoredPopulation {
  private static final String PAGE =
      """
      select contact_id from contact_person
       where contact_id > :after
       order by contact_id limit :most
      """;

  private StoredPopulation() {}

  /** Contacts that follow one another, and what is known of them. */
  public static final class Page {
    private final List<String> contactIds;
    private final List<FactsRow> rows;

    private Page(List<String> contactIds, List<FactsRow> rows) {
      this.contactIds = contactIds;
      this.rows = rows;
    }

    public int size() {
      return contactIds.size();
    }

    /** The last contact, after which the next page begins. */
    public String last() {
      return contactIds.get(contactIds.size() - 1);
    }

    /** The facts, read from the rows in the caller's thread. */
    public List<StoredFacts> facts(Instant asOf) {
      return rows.stream().map(row -> row.facts(asOf, null)).toList();
    }
  }

  /** How many contacts there are. */
  public static long count(Handle handle) {
    return handle.createQuery("select count(*) from contact_person").mapTo(Long.class).one();
  }

  /**
   * The next contacts; of size 0 after the last one.
   *
   * @param after a contact id; empty for the first page
   */
  public static Page after(Handle handle, String after, int most) {
    List<String> ids =
        handle.createQuery(PAGE).bind("after", after).bind("most", most).mapTo(String.class).list();
    return new Page(ids, ids.isEmpty() ? List.of() : FactsRow.of(handle, ids));
  }
}

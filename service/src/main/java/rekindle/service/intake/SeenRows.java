package rekindle.service.intake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import rekindle.service.hash.Sha256;

/**
 * What an import must remember of the rows that went by: their ids, and which contacts had good
 * ones. It lies in temporary tables of the import's own connection, so that a file of any size
 * needs no more memory than a small one. Confined to one thread.
 */
final class SeenRows implements AutoCloseable {
  private final Handle handle;
  private final FileType type;
  private Map<TypedRow, String> latest = Map.of();

  /**
   * A row whose id stood in the file before.
   *
   * @param line of the first row with that id
   * @param same whether that row told the same
   */
  record Earlier(long line, boolean same) {}

  private SeenRows(Handle handle, FileType type) {
    this.handle = handle;
    this.type = type;
  }

  static SeenRows on(Handle handle, FileType type) {
    var seen = new SeenRows(handle, type);
    seen.close();
    handle.execute(
        "create temporary table import_row (id text primary key, line bigint not null, content text not null)");
    handle.execute(
        "create temporary table import_contact (contact_id text primary key, held boolean not null)");
    return seen;
  }

  /**
   * Remembers rows by their ids.
   *
   * @return of those whose id stood in the file before, by their line
   */
  Map<Long, Earlier> claim(Map<TypedRow, String> idByRow) {
    latest = idByRow;
    if (idByRow.isEmpty()) {
      return Map.of();
    }
    var rows = new ArrayList<>(idByRow.keySet());
    String[] ids = rows.stream().map(idByRow::get).toArray(String[]::new);
    var contents = new HashMap<Long, String>();
    rows.forEach(row -> contents.put(row.line(), content(row)));
    int fresh =
        handle
            .createUpdate(
                """
            insert into import_row (id, line, content)
            select id, line, content from unnest(:ids, :lines, :contents) as row (id, line, content)
             order by line
            on conflict do nothing
            """)
            .bindArray("ids", String.class, (Object[]) ids)
            .bindArray("lines", Long.class, rows.stream().map(TypedRow::line).toArray())
            .bindArray(
                "contents",
                String.class,
                rows.stream().map(row -> contents.get(row.line())).toArray())
            .execute();
    return fresh == rows.size() ? Map.of() : earlier(idByRow, ids, contents);
  }

  private Map<Long, Earlier> earlier(
      Map<TypedRow, String> idByRow, String[] ids, Map<Long, String> contents) {
    record First(String id, long line, String content) {}
    var firsts = new HashMap<String, First>();
    handle
        .createQuery("select id, line, content from import_row where id = any(:ids)")
        .bindArray("ids", String.class, (Object[]) ids)
        .map((row, context) -> new First(row.getString(1), row.getLong(2), row.getString(3)))
        .forEach(first -> firsts.put(first.id, first));
    var earlier = new HashMap<Long, Earlier>();
    idByRow.forEach(
        (row, rowId) -> {
          First first = firsts.get(rowId);
          if (first != null && first.line != row.line()) {
            earlier.put(
                row.line(),
                new Earlier(first.line, first.content.equals(contents.get(row.line()))));
          }
        });
    return earlier;
  }

  /** Remembers the latest rows again, after all that was written with them was taken back. */
  void claimAgain() {
    claim(latest);
  }

  private static String content(TypedRow row) {
    return Sha256.hex(String.join("\u001F", row.content()).getBytes(StandardCharsets.UTF_8));
  }

  /** Remembers contacts about whom a row was good, if anything holds them back. */
  void good(Collection<String> contactIds) {
    if (contactIds.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            insert into import_contact (contact_id, held)
            select contact_id, false
              from contact_hold where type = :type and contact_id = any(:ids)
            on conflict do nothing
            """)
        .bind("type", type.code())
        .bindArray("ids", String.class, contactIds.toArray())
        .execute();
  }

  /** Remembers contacts that a row of this import holds back. */
  void held(Collection<String> contactIds) {
    if (contactIds.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            insert into import_contact (contact_id, held)
            select contact_id, true from unnest(:ids) as contact (contact_id)
            on conflict (contact_id) do update set held = true
            """)
        .bindArray("ids", String.class, contactIds.toArray())
        .execute();
  }

  /** Lifts the holds of contacts about whom this import had good rows only, and counts them. */
  long lift() {
    return handle
        .createUpdate(
            """
            delete from contact_hold as hold using import_contact as seen
             where hold.contact_id = seen.contact_id and hold.type = :type and not seen.held
            """)
        .bind("type", type.code())
        .execute();
  }

  @Override
  public void close() {
    handle.execute("drop table if exists pg_temp.import_row, pg_temp.import_contact");
  }
}

package rekindle.service.store;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import rekindle.release.ReleaseArchive;

/** Releases with all their bytes, and which of them is active. Thread-safe. */
public final class ReleaseStore {
  private static final String INSERT_RELEASE =
      """
      insert into release (id, manifest, engine, zones)
      values (:id, :manifest, :engine, :zones)
      on conflict (id) do nothing
      """;
  private static final String INSERT_WORKBOOK =
      "insert into release_workbook (release_id, name, bytes) values (:release, :name, :bytes)";
  private static final String FIND =
      "select id, manifest, engine, zones from release where id = :id";
  private static final String FIND_WORKBOOKS =
      "select name, bytes from release_workbook where release_id = :id order by name";
  private static final String ACTIVE = "select release_id from active_release";
  private static final String ACTIVATE_FIRST =
      "insert into active_release (release_id) values (:id) on conflict (single) do nothing";
  private static final String FIRST_STATE =
      """
      insert into release_state (release_id, state, findings, errors, warnings)
      values (:id, 'active', :findings, 0, :warnings)
      """;

  private final Jdbi jdbi;

  public ReleaseStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Keeps a release; one that is there already stays as it is. */
  public void save(ReleaseArchive release) {
    jdbi.useTransaction(handle -> save(handle, release));
  }

  /** Keeps a release in the caller's transaction. */
  public void save(Handle handle, ReleaseArchive release) {
    insert(handle, release);
  }

  /**
   * Keeps a release and makes it the active one if there is none yet.
   *
   * @param findings canonical JSON of what there is to know about it
   * @param warnings how many they are; none is an error
   * @return the id of the active release, which another process may have been first to set
   */
  public String saveFirst(ReleaseArchive release, byte[] findings, int warnings) {
    return jdbi.inTransaction(
        handle -> {
          insert(handle, release);
          int first = handle.createUpdate(ACTIVATE_FIRST).bind("id", release.id()).execute();
          if (first == 1) {
            handle
                .createUpdate(FIRST_STATE)
                .bind("id", release.id())
                .bind("findings", findings)
                .bind("warnings", warnings)
                .execute();
          }
          return handle.createQuery(ACTIVE).mapTo(String.class).one();
        });
  }

  /** The release of that id with its bytes. */
  public Optional<ReleaseArchive> find(String id) {
    return jdbi.withHandle(
        handle -> {
          SortedMap<String, byte[]> workbooks = new TreeMap<>();
          handle
              .createQuery(FIND_WORKBOOKS)
              .bind("id", id)
              .map((row, context) -> Map.entry(row.getString("name"), row.getBytes("bytes")))
              .forEach(entry -> workbooks.put(entry.getKey(), entry.getValue()));
          return handle
              .createQuery(FIND)
              .bind("id", id)
              .map(
                  (row, context) ->
                      new ReleaseArchive(
                          row.getString("id"),
                          row.getString("manifest"),
                          row.getString("engine"),
                          row.getString("zones"),
                          workbooks))
              .findOne();
        });
  }

  /** Id of the active release; empty before the first one. */
  public Optional<String> active() {
    return jdbi.withHandle(handle -> handle.createQuery(ACTIVE).mapTo(String.class).findOne());
  }

  private static void insert(Handle handle, ReleaseArchive release) {
    int inserted =
        handle
            .createUpdate(INSERT_RELEASE)
            .bind("id", release.id())
            .bind("manifest", release.manifest())
            .bind("engine", release.engine())
            .bind("zones", release.zones())
            .execute();
    if (inserted == 0) {
      return;
    }
    var batch = handle.prepareBatch(INSERT_WORKBOOK);
    release
        .workbooks()
        .forEach(
            (name, bytes) ->
                batch.bind("release", release.id()).bind("name", name).bind("bytes", bytes).add());
    batch.execute();
  }
}

package rekindle.service.store;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Which keys the database was written with. A start goes on only with all of them: an address that
 * cannot be found again would be taken for a new one, and its revocations forgotten.
 */
final class IdentityKeyRegister {
  /** Any number that no other lock of the service has. */
  private static final long LOCK = 0x7265_6b69_6e64_6c65L;

  private record Registered(String id, byte[] fingerprint) {}

  private final Handle handle;
  private final Path file;

  private IdentityKeyRegister(Handle handle, Path file) {
    this.handle = handle;
    this.file = file;
  }

  /** The keys of the file, made at the first start of all; one process at a time. */
  static IdentityKeys open(Jdbi jdbi, Path file) {
    return jdbi.inTransaction(handle -> new IdentityKeyRegister(handle, file).open());
  }

  /** New keys that write from now on; the old ones are still tried. */
  static IdentityKeys rotate(Jdbi jdbi, Path file) {
    return jdbi.inTransaction(
        handle -> {
          var register = new IdentityKeyRegister(handle, file);
          IdentityKeys rotated = register.open().rotated();
          IdentityKeyFile.replace(file, rotated);
          register.register(rotated);
          return rotated;
        });
  }

  private IdentityKeys open() {
    handle.createQuery("select pg_advisory_xact_lock(:lock)").bind("lock", LOCK).mapToMap().list();
    List<Registered> registered = registered();
    Optional<IdentityKeys> read = IdentityKeyFile.read(file);
    if (read.isEmpty() && registered.isEmpty()) {
      read =
          Optional.of(IdentityKeys.random())
              .filter(made -> IdentityKeyFile.create(file, made))
              .or(() -> IdentityKeyFile.read(file));
    }
    List<String> all = registered.stream().map(Registered::id).toList();
    IdentityKeys keys = read.orElseThrow(() -> lost("lacks", all));
    check(keys, registered);
    register(keys);
    return keys;
  }

  private void check(IdentityKeys keys, List<Registered> registered) {
    var missing = new ArrayList<String>();
    var exchanged = new ArrayList<String>();
    for (Registered known : registered) {
      IdentityKey key = keys.find(known.id());
      if (key == null) {
        missing.add(known.id());
      } else if (!MessageDigest.isEqual(key.fingerprint(), known.fingerprint())) {
        exchanged.add(known.id());
      }
    }
    if (!missing.isEmpty()) {
      throw lost("lacks", missing);
    }
    if (!exchanged.isEmpty()) {
      throw lost("holds other secrets under the names of", exchanged);
    }
  }

  private IdentityKeysUnusable lost(String how, List<String> ids) {
    return new IdentityKeysUnusable(
        "The database holds addresses under keys that the key file "
            + file.toAbsolutePath()
            + " "
            + how
            + ": "
            + String.join(", ", ids)
            + ". Restore that file from safekeeping, or name the right one, and start again;"
            + " nothing was changed.");
  }

  private List<Registered> registered() {
    return handle
        .createQuery("select id, fingerprint from identity_key order by id")
        .map((row, context) -> new Registered(row.getString("id"), row.getBytes("fingerprint")))
        .list();
  }

  private static final String ADD =
      """
      insert into identity_key (id, purpose, fingerprint)
      select r.id, r.purpose, r.fingerprint
        from json_to_recordset(cast(:keys as json)) as r(id text, purpose text, fingerprint bytea)
      on conflict (id) do nothing
      """;

  private static final String RETIRE =
      """
      update identity_key
         set retired_at = case when id in (:encryption, :lookup) then null else clock_timestamp() end
       where (retired_at is null) <> (id in (:encryption, :lookup))
      """;

  private void register(IdentityKeys keys) {
    handle
        .createUpdate(ADD)
        .bind(
            "keys",
            JsonRows.of(
                keys.all(),
                (key, row) ->
                    row.text("id", key.id())
                        .text("purpose", key.purpose().code())
                        .bytes("fingerprint", key.fingerprint())))
        .execute();
    handle
        .createUpdate(RETIRE)
        .bind("encryption", keys.encryption().id())
        .bind("lookup", keys.lookup().id())
        .execute();
  }
}

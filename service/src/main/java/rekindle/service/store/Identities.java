package rekindle.service.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import rekindle.service.address.Address;

/**
 * Addresses, which are in the database encrypted and are found again by a keyed hash. Everything
 * else names an address by its number here. All methods take normalised texts, many at once, and
 * work within the caller's transaction. Thread-safe.
 */
public final class Identities {
  private final IdentityKeys keys;

  private Identities(IdentityKeys keys) {
    this.keys = keys;
  }

  /**
   * Opens the keys; a database that holds none yet gets new ones, and the file is made.
   *
   * @param file the key file; processes on the same database share it
   * @throws IdentityKeysUnusable if a key that the database was written with is not there
   */
  public static Identities open(Jdbi jdbi, Path file) {
    return new Identities(IdentityKeyRegister.open(jdbi, file));
  }

  /**
   * Adds new keys to the file, which write from now on. Processes that run with the older ones
   * still find addresses but store no new ones until they are started again.
   *
   * @throws IdentityKeysUnusable as {@link #open}
   */
  public static Identities rotate(Jdbi jdbi, Path file) {
    return new Identities(IdentityKeyRegister.rotate(jdbi, file));
  }

  /** An address that is being looked for; those of one mailbox are one. */
  private record Wanted(String text, AddressKind kind) {
    String key() {
      return Address.key(text);
    }

    /** The key, and what earlier rules took for it. */
    List<String> keys() {
      return key().equals(text) ? List.of(text) : List.of(text, key());
    }
  }

  private record Found(int index, long addressId, boolean current) {}

  /**
   * The numbers of addresses; those that are not known yet are stored. Two transactions that store
   * the same address get the same number, the later one after the earlier has ended.
   *
   * @throws IllegalStateException if this process has to store one, and its keys were replaced
   */
  public Map<String, Long> resolve(Handle handle, Collection<String> addresses) {
    List<Wanted> wanted = wanted(addresses);
    Map<String, Long> numbers = new HashMap<>();
    List<Found> old = lookUp(handle, wanted, numbers).stream().filter(f -> !f.current()).toList();
    List<Wanted> missing = wanted.stream().filter(one -> !numbers.containsKey(one.text())).toList();
    if (missing.isEmpty() && old.isEmpty()) {
      return numbers;
    }
    mustHaveCurrentKeys(handle);
    addLookups(handle, wanted, old);
    if (!missing.isEmpty()) {
      store(handle, missing);
      // Reads again those that another transaction stored at the same moment.
      lookUp(handle, missing, numbers);
      suppressErased(handle, missing, numbers);
    }
    return numbers;
  }

  private static final String SUPPRESS_ERASED =
      """
      insert into address_suppression (address_id, scope, reason, since, until)
      select distinct w.address_id, e.scope, e.reason, e.since, e.until
        from json_to_recordset(cast(:wanted as json))
               as w(key_id text, kind text, hmac bytea, address_id bigint)
        join erased_suppression e on e.key_id = w.key_id and e.hmac = w.hmac and e.kind = w.kind
       where not exists (
         select from address_suppression s
          where s.address_id = w.address_id
            and (s.scope, s.reason, s.since) = (e.scope, e.reason, e.since))
      """;

  /** An address that was erased and comes again is what it was: suppressed. */
  private void suppressErased(Handle handle, List<Wanted> stored, Map<String, Long> numbers) {
    handle
        .createUpdate(SUPPRESS_ERASED)
        .bind(
            "wanted",
            JsonRows.of(
                tries(stored),
                (one, row) -> {
                  Wanted address = stored.get(one.index());
                  row.text("key_id", one.key().id())
                      .text("kind", address.kind().code())
                      .bytes("hmac", one.key().lookup(address.kind().code(), one.text()))
                      .integer("address_id", numbers.get(address.text()));
                }))
        .execute();
  }

  private record Try(int index, IdentityKey key, String text) {}

  /** Every form of every address under every key. */
  private List<Try> tries(List<Wanted> wanted) {
    var tries = new ArrayList<Try>();
    for (int i = 0; i < wanted.size(); i++) {
      for (IdentityKey key : keys.lookups()) {
        for (String text : wanted.get(i).keys()) {
          tries.add(new Try(i, key, text));
        }
      }
    }
    return tries;
  }

  /** The numbers of those addresses that are known. */
  public Map<String, Long> find(Handle handle, Collection<String> addresses) {
    Map<String, Long> numbers = new HashMap<>();
    lookUp(handle, wanted(addresses), numbers);
    return numbers;
  }

  private static List<Wanted> wanted(Collection<String> addresses) {
    return new LinkedHashSet<>(addresses)
        .stream().map(text -> new Wanted(text, AddressKind.of(text))).toList();
  }

  private static final String LOOK_UP =
      """
      select w.n, l.address_id, w.current
        from json_to_recordset(cast(:wanted as json))
               as w(n integer, key_id text, kind text, hmac bytea, current boolean)
        join address_lookup l on l.key_id = w.key_id and l.hmac = w.hmac and l.kind = w.kind
       order by w.n, w.current
      """;

  /** One entry for each address found, by the current key if it is found by that. */
  private List<Found> lookUp(Handle handle, List<Wanted> wanted, Map<String, Long> numbers) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    String json =
        JsonRows.of(
            tries(wanted),
            (one, row) -> {
              Wanted address = wanted.get(one.index());
              row.integer("n", (long) one.index())
                  .text("key_id", one.key().id())
                  .text("kind", address.kind().code())
                  .bytes("hmac", one.key().lookup(address.kind().code(), one.text()))
                  .bool(
                      "current",
                      one.key().id().equals(keys.lookup().id())
                          && one.text().equals(address.key()));
            });
    Map<Integer, Found> found = new HashMap<>();
    handle
        .createQuery(LOOK_UP)
        .bind("wanted", json)
        .map((row, context) -> new Found(row.getInt(1), row.getLong(2), row.getBoolean(3)))
        .forEach(one -> found.put(one.index(), one));
    found.values().forEach(one -> numbers.put(wanted.get(one.index()).text(), one.addressId()));
    return List.copyOf(found.values());
  }

  private static byte[] hmac(IdentityKey key, Wanted address) {
    return key.lookup(address.kind().code(), address.key());
  }

  private static final String CURRENT =
      """
      select id from identity_key
       where id in (:encryption, :lookup) and retired_at is null
       order by id
         for share
      """;

  /** Held until the transaction ends, so that keys are not replaced while addresses are stored. */
  private void mustHaveCurrentKeys(Handle handle) {
    int current =
        handle
            .createQuery(CURRENT)
            .bind("encryption", keys.encryption().id())
            .bind("lookup", keys.lookup().id())
            .mapTo(String.class)
            .list()
            .size();
    if (current != 2) {
      throw new IllegalStateException(
          "The keys of identifiers were replaced while this process ran; nothing was stored."
              + " Start it again with the present key file.");
    }
  }

  private static final String ADD_LOOKUPS =
      """
      insert into address_lookup (kind, key_id, hmac, address_id)
      select r.kind, :key, r.hmac, r.address_id
        from json_to_recordset(cast(:rows as json)) as r(kind text, hmac bytea, address_id bigint)
       order by r.hmac
      on conflict do nothing
      """;

  /** Addresses that only an older key found get a hash under the current one. */
  private void addLookups(Handle handle, List<Wanted> wanted, List<Found> old) {
    if (old.isEmpty()) {
      return;
    }
    handle
        .createUpdate(ADD_LOOKUPS)
        .bind("key", keys.lookup().id())
        .bind(
            "rows",
            JsonRows.of(
                old,
                (one, row) -> {
                  Wanted address = wanted.get(one.index());
                  row.text("kind", address.kind().code())
                      .bytes("hmac", hmac(keys.lookup(), address))
                      .integer("address_id", one.addressId());
                }))
        .execute();
  }

  private static final String STORE =
      """
      with fresh as materialized (
        select r.kind, r.hmac, r.ciphertext,
               nextval(pg_get_serial_sequence('address', 'id')) as id
          from json_to_recordset(cast(:rows as json)) as r(kind text, hmac bytea, ciphertext bytea)),
      won as (
        insert into address_lookup (kind, key_id, hmac, address_id)
        select f.kind, :lookup, f.hmac, f.id from fresh f order by f.hmac
        on conflict do nothing
        returning address_id)
      insert into address (id, kind, ciphertext, encryption_key, normaliser)
      overriding system value
      select f.id, f.kind, f.ciphertext, :encryption, :normaliser
        from fresh f join won w on w.address_id = f.id
      """;

  private void store(Handle handle, List<Wanted> missing) {
    handle
        .createUpdate(STORE)
        .bind(
            "rows",
            JsonRows.of(
                missing,
                (one, row) ->
                    row.text("kind", one.kind().code())
                        .bytes("hmac", hmac(keys.lookup(), one))
                        .bytes(
                            "ciphertext",
                            keys.encryption().encrypt(one.kind().code(), one.text()))))
        .bind("lookup", keys.lookup().id())
        .bind("encryption", keys.encryption().id())
        .bind("normaliser", Address.NORMALISER)
        .execute();
  }

  private static final String REVEAL =
      """
      select a.id, a.kind, a.ciphertext, a.encryption_key
        from json_array_elements_text(cast(:ids as json)) as w(id)
        join address a on a.id = cast(w.id as bigint)
      """;

  /**
   * The texts of addresses; numbers that are not known are left out.
   *
   * @throws IllegalStateException if an address does not open
   */
  public Map<Long, String> reveal(Handle handle, Collection<Long> addressIds) {
    Map<Long, String> texts = new HashMap<>();
    handle
        .createQuery(REVEAL)
        .bind("ids", JsonRows.texts(addressIds.stream().map(String::valueOf).toList()))
        .map(
            (row, context) ->
                Map.entry(
                    row.getLong("id"),
                    keys.decrypt(
                        row.getString("encryption_key"),
                        row.getString("kind"),
                        row.getBytes("ciphertext"))))
        .forEach(entry -> texts.put(entry.getKey(), entry.getValue()));
    return texts;
  }

  /**
   * Another text that could name a person, encrypted.
   *
   * @param keyId the key that opens it
   */
  record Sealed(String keyId, byte[] bytes) {}

  /**
   * A text that only this service can make or read, to be handed out.
   *
   * @param keyId the key that opens it; tells nothing of it
   */
  // Made to be written down and never compared.
  @SuppressWarnings("ArrayRecordComponent")
  public record Token(String keyId, byte[] bytes) {}

  public Token token(String kind, String text) {
    Sealed sealed = seal(kind, text);
    return new Token(sealed.keyId(), sealed.bytes());
  }

  /**
   * The text of a token.
   *
   * @throws IllegalStateException if it is none of that kind, or was changed
   */
  public String text(String kind, String keyId, byte[] token) {
    return open(kind, keyId, token);
  }

  /**
   * @throws IllegalStateException if it was not sealed for that kind, or was changed since
   */
  String open(String kind, String keyId, byte[] sealed) {
    return keys.decrypt(keyId, kind, sealed);
  }

  Sealed seal(String kind, String text) {
    return new Sealed(keys.encryption().id(), keys.encryption().encrypt(kind, text));
  }
}

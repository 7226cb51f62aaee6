package rekindle.service.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rekindle.service.store.IdentityKey.Purpose;

/**
 * All keys of a key file: one of each purpose writes, all are tried when something is looked up or
 * opened. Immutable.
 */
final class IdentityKeys {
  private final Map<String, IdentityKey> byId = new LinkedHashMap<>();
  private final IdentityKey encryption;
  private final IdentityKey lookup;

  /**
   * @param encryption id of the key that encrypts from now on
   * @param lookup id of the key whose hashes are written from now on
   */
  IdentityKeys(List<IdentityKey> keys, String encryption, String lookup) {
    keys.forEach(key -> byId.put(key.id(), key));
    this.encryption = required(encryption, Purpose.ENCRYPTION);
    this.lookup = required(lookup, Purpose.LOOKUP);
  }

  /** Two new keys. */
  static IdentityKeys random() {
    var encryption = IdentityKey.random(Purpose.ENCRYPTION);
    var lookup = IdentityKey.random(Purpose.LOOKUP);
    return new IdentityKeys(List.of(encryption, lookup), encryption.id(), lookup.id());
  }

  /** These keys and two new ones that write from now on. */
  IdentityKeys rotated() {
    var encryption = IdentityKey.random(Purpose.ENCRYPTION);
    var lookup = IdentityKey.random(Purpose.LOOKUP);
    var all = new LinkedHashMap<>(byId);
    all.put(encryption.id(), encryption);
    all.put(lookup.id(), lookup);
    return new IdentityKeys(List.copyOf(all.values()), encryption.id(), lookup.id());
  }

  private IdentityKey required(String id, Purpose purpose) {
    IdentityKey key = byId.get(id);
    if (key == null || key.purpose() != purpose) {
      throw new IllegalArgumentException("There is no " + purpose.code() + " key " + id);
    }
    return key;
  }

  List<IdentityKey> all() {
    return List.copyOf(byId.values());
  }

  @Nullable IdentityKey find(String id) {
    return byId.get(id);
  }

  /** The key that encrypts. */
  IdentityKey encryption() {
    return encryption;
  }

  /** The key whose hashes are written. */
  IdentityKey lookup() {
    return lookup;
  }

  /** All keys whose hashes may stand in the database. */
  List<IdentityKey> lookups() {
    return byId.values().stream().filter(key -> key.purpose() == Purpose.LOOKUP).toList();
  }

  /**
   * @throws IllegalStateException if no such key is there
   */
  String decrypt(String keyId, String kind, byte[] bytes) {
    IdentityKey key = byId.get(keyId);
    if (key == null) {
      throw new IllegalStateException(
          "Key " + keyId + " came after this process started; restart it with the key file");
    }
    return key.decrypt(kind, bytes);
  }
}

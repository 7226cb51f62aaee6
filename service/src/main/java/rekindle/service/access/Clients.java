package rekindle.service.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;
import rekindle.service.store.AuditEvent;
import rekindle.service.store.DecisionStore;

/**
 * The clients and their keys, as an admin changes them. Every change needs an open transaction,
 * counts in this process as soon as that is committed, is an event of the audit log with who made
 * it, and is refused if afterwards no active key of an admin were left. Thread-safe.
 */
public final class Clients {
  /** Names of clients: they stand in logs and never name a person. */
  public static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,62}");

  static final int ACTIVE_KEYS_MAX = 2;

  // One change at a time, so that two admins cannot revoke each other's last key at once.
  private static final String LOCK = "lock table api_client in share row exclusive mode";

  private static final String LIST =
      """
      select c.name, c.person, c.roles, c.created_at, c.disabled_at,
             k.id, k.created_at as key_created_at, k.revoked_at, k.last_used_at
        from api_client c
        left join api_key k on k.client = c.name
       where :name::text is null or c.name = :name
       order by c.name, k.created_at desc, k.id
      """;

  private static final String CREATE =
      """
      insert into api_client (name, person, roles) values (:name, :person, :roles)
      on conflict (name) do nothing
      """;

  private static final String ISSUE =
      "insert into api_key (id, client, hash) values (:id, :client, :hash)";

  private static final String REVOKE =
      """
      update api_key set revoked_at = coalesce(revoked_at, clock_timestamp())
       where id = :id and client = :client
      """;

  private static final String CHANGE_ROLES =
      "update api_client set roles = :roles where name = :name";

  private static final String CHANGE_PERSON =
      "update api_client set person = :person where name = :name";

  private static final String DISABLE =
      """
      update api_client set disabled_at = coalesce(disabled_at, clock_timestamp())
       where name = :name
      """;

  private static final String ENABLE =
      "update api_client set disabled_at = null where name = :name";

  private static final String ACTIVE_ADMIN_KEYS =
      """
      select count(*)
        from api_key k
        join api_client c on c.name = k.client
       where 'admin' = any(c.roles) and c.disabled_at is null and k.revoked_at is null
      """;

  private final ApiKeys keys;
  private final TimeOrderedIds ids;

  /**
   * @param keys forgets what it remembers when something changes
   * @param ids of the events of the audit log
   */
  public Clients(ApiKeys keys, TimeOrderedIds ids) {
    this.keys = keys;
    this.ids = ids;
  }

  /** All clients by name. */
  public List<Client> list(Handle handle) {
    return read(handle, null);
  }

  /**
   * A client by name.
   *
   * @throws ProblemException {@code not_found}
   */
  public Client get(Handle handle, String name) {
    return read(handle, name).stream().findFirst().orElseThrow(() -> unknown("client", name));
  }

  /**
   * Makes a client without a key.
   *
   * @param actor the client that makes this change, here and below
   * @param person who holds its keys, by a staff id of the form of a client's name
   * @throws ProblemException {@code client_exists}
   */
  public Client create(
      Handle handle, String actor, String name, String person, Collection<Role> roles) {
    if (!NAME.matcher(name).matches() || !NAME.matcher(person).matches()) {
      throw new IllegalArgumentException("No name of a client: " + name);
    }
    change(handle);
    int created =
        handle
            .createUpdate(CREATE)
            .bind("name", name)
            .bind("person", person)
            .bind("roles", codes(roles))
            .execute();
    if (created == 0) {
      throw new ProblemException(
          ProblemType.CLIENT_EXISTS.problem(
              "There is a client \""
                  + name
                  + "\" already. Take another name, or change that one."));
    }
    tell(handle, AccessChange.ofClient(actor, "client_created", name, roles).heldBy(person));
    return get(handle, name);
  }

  /**
   * Issues a key, whose text nobody can see again.
   *
   * @throws ProblemException {@code not_found}, or {@code too_many_keys} if two are active
   */
  public NewKey issue(Handle handle, String actor, String client) {
    NewKey key = NewKey.random();
    add(handle, actor, client, key);
    return key;
  }

  void add(Handle handle, String actor, String client, NewKey key) {
    change(handle);
    long active =
        get(handle, client).keys().stream().filter(known -> known.revokedAt() == null).count();
    if (active >= ACTIVE_KEYS_MAX) {
      throw new ProblemException(
          ProblemType.TOO_MANY_KEYS.problem(
              "The client \""
                  + client
                  + "\" has two active keys. Revoke one, then issue another."));
    }
    handle
        .createUpdate(ISSUE)
        .bind("id", key.id())
        .bind("client", client)
        .bind("hash", key.hash())
        .execute();
    tell(handle, AccessChange.ofKey(actor, "key_issued", client, key.id()));
  }

  /**
   * Revokes a key for good; one that is revoked stays so.
   *
   * @throws ProblemException {@code not_found}, or {@code last_admin_key}
   */
  public void revoke(Handle handle, String actor, String client, String keyId) {
    change(handle);
    int revoked = handle.createUpdate(REVOKE).bind("client", client).bind("id", keyId).execute();
    if (revoked == 0) {
      throw unknown("key of the client \"" + client + "\"", keyId);
    }
    refuseIfNoAdminIsLeft(handle);
    tell(handle, AccessChange.ofKey(actor, "key_revoked", client, keyId));
  }

  /**
   * Gives a client other roles.
   *
   * @throws ProblemException {@code not_found}, or {@code last_admin_key}
   */
  public Client changeRoles(Handle handle, String actor, String name, Collection<Role> roles) {
    change(handle);
    handle.createUpdate(CHANGE_ROLES).bind("name", name).bind("roles", codes(roles)).execute();
    Client changed = get(handle, name);
    refuseIfNoAdminIsLeft(handle);
    tell(handle, AccessChange.ofClient(actor, "roles_changed", name, roles));
    return changed;
  }

  /**
   * Says who holds the client's keys. What was approved before keeps the persons of that time.
   *
   * @throws ProblemException {@code not_found}
   */
  public Client changePerson(Handle handle, String actor, String name, String person) {
    change(handle);
    handle.createUpdate(CHANGE_PERSON).bind("name", name).bind("person", person).execute();
    Client changed = get(handle, name);
    tell(handle, AccessChange.ofPerson(actor, name, person));
    return changed;
  }

  /**
   * Lets none of the client's keys pass.
   *
   * @throws ProblemException {@code not_found}, or {@code last_admin_key}
   */
  public Client disable(Handle handle, String actor, String name) {
    change(handle);
    handle.createUpdate(DISABLE).bind("name", name).execute();
    Client changed = get(handle, name);
    refuseIfNoAdminIsLeft(handle);
    tell(handle, AccessChange.ofClient(actor, "client_disabled", name, List.of()));
    return changed;
  }

  /**
   * Lets the client's active keys pass again.
   *
   * @throws ProblemException {@code not_found}
   */
  public Client enable(Handle handle, String actor, String name) {
    change(handle);
    handle.createUpdate(ENABLE).bind("name", name).execute();
    Client changed = get(handle, name);
    tell(handle, AccessChange.ofClient(actor, "client_enabled", name, List.of()));
    return changed;
  }

  private void change(Handle handle) {
    handle.execute(LOCK);
    handle.afterCommit(keys::forget);
  }

  private void tell(Handle handle, AccessChange change) {
    UUID id = ids.next();
    DecisionStore.insertEvent(handle, new AuditEvent(id, AccessChange.KIND, null, change.body(id)));
  }

  private static void refuseIfNoAdminIsLeft(Handle handle) {
    if (handle.createQuery(ACTIVE_ADMIN_KEYS).mapTo(Long.class).one() == 0) {
      throw new ProblemException(
          ProblemType.LAST_ADMIN_KEY.problem(
              "No active key of an admin would be left, so nothing was changed."
                  + " Issue a key to another client with role admin first."));
    }
  }

  private static List<Client> read(Handle handle, @Nullable String name) {
    var clients = new LinkedHashMap<String, Client>();
    handle
        .createQuery(LIST)
        .bind("name", name)
        .map((row, context) -> client(row))
        .forEach(found -> clients.merge(found.name(), found, Clients::withKeysOfBoth));
    return List.copyOf(clients.values());
  }

  private static Client withKeysOfBoth(Client client, Client sameClient) {
    var keys = new ArrayList<>(client.keys());
    keys.addAll(sameClient.keys());
    return new Client(
        client.name(),
        client.person(),
        client.roles(),
        client.createdAt(),
        client.disabledAt(),
        keys);
  }

  private static Client client(ResultSet row) throws SQLException {
    String keyId = row.getString("id");
    return new Client(
        row.getString("name"),
        row.getString("person"),
        List.of(ApiKeys.texts(row, "roles")).stream().sorted().toList(),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "disabled_at"),
        keyId == null
            ? List.of()
            : List.of(
                new Client.Key(
                    keyId,
                    row.getObject("key_created_at", OffsetDateTime.class).toInstant(),
                    instant(row, "revoked_at"),
                    instant(row, "last_used_at"))));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  private static String[] codes(Collection<Role> roles) {
    return roles.stream().map(Role::code).distinct().sorted().toArray(String[]::new);
  }

  private static ProblemException unknown(String what, String id) {
    return new ProblemException(Problem.notFound(what, id));
  }
}

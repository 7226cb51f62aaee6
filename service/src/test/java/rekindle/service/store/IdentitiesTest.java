package rekindle.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rekindle.service.database.TestDatabase;

class IdentitiesTest {
  private static final String ANN = "ann@example.com";
  private static final String PHONE = "+15555550123";

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  @TempDir Path folder;

  private Jdbi jdbi;
  private Path file;

  @BeforeEach
  void empty() {
    jdbi = DATABASE.jdbi();
    file = folder.resolve("data").resolve("identity-keys.json");
    jdbi.useHandle(
        handle -> {
          handle.execute("delete from address_lookup");
          handle.execute("delete from address");
          handle.execute("delete from identity_key");
        });
  }

  private static Map<String, Long> resolve(Jdbi jdbi, Identities identities, String... texts) {
    return jdbi.inTransaction(handle -> identities.resolve(handle, List.of(texts)));
  }

  @Test
  void addresses_resolvedAgain_haveTheSameNumbersAndOpen() {
    Identities identities = Identities.open(jdbi, file);
    Map<String, Long> first = resolve(jdbi, identities, ANN, PHONE, "in/ann", ANN);
    Map<String, Long> again = resolve(jdbi, Identities.open(jdbi, file), PHONE, ANN, "in/ann");

    assertThat(first).containsOnlyKeys(ANN, PHONE, "in/ann").isEqualTo(again);
    assertThat(
            jdbi.<Map<Long, String>, RuntimeException>withHandle(
                handle -> identities.reveal(handle, first.values())))
        .containsEntry(first.get(ANN), ANN)
        .containsEntry(first.get(PHONE), PHONE)
        .containsEntry(first.get("in/ann"), "in/ann");
    assertThat(
            jdbi.<Map<String, Long>, RuntimeException>withHandle(
                handle -> identities.find(handle, List.of(ANN, "bob@example.com"))))
        .containsOnlyKeys(ANN);
    assertThat(kinds()).containsExactlyInAnyOrder("email", "phone", "handle");
  }

  private List<String> kinds() {
    return jdbi.withHandle(
        handle -> handle.createQuery("select kind from address").mapTo(String.class).list());
  }

  @Test
  void addresses_inTheDatabase_areNowhereInClear() {
    Identities identities = Identities.open(jdbi, file);
    resolve(jdbi, identities, ANN);
    List<String> rows =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select encode(a.ciphertext, 'escape') || encode(l.hmac, 'hex')
                          from address a join address_lookup l on l.address_id = a.id
                        """)
                    .mapTo(String.class)
                    .list());
    String sha = rekindle.service.hash.Sha256.hex(ANN.getBytes(StandardCharsets.UTF_8));
    assertThat(rows).hasSize(1).first().asString().doesNotContain("ann", sha);
  }

  @Test
  void ciphertext_changedOrOfAnotherKind_doesNotOpen() {
    IdentityKey key = IdentityKey.random(IdentityKey.Purpose.ENCRYPTION);
    byte[] sealed = key.encrypt("email", ANN);
    assertThat(key.encrypt("email", ANN)).isNotEqualTo(sealed);
    assertThat(key.decrypt("email", sealed)).isEqualTo(ANN);

    assertThatThrownBy(() -> key.decrypt("handle", sealed))
        .isInstanceOf(IllegalStateException.class);
    sealed[sealed.length - 1] ^= 1;
    assertThatThrownBy(() -> key.decrypt("email", sealed))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageNotContaining(ANN);
  }

  @Test
  void keyFile_madeAtTheFirstStart_isForItsOwnerAlone() throws IOException {
    Identities.open(jdbi, file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
    assertThat(count("select count(*) from identity_key")).isEqualTo(2);
  }

  @Test
  void keyFile_lost_stopsTheStartAndChangesNothing() throws IOException {
    Identities identities = Identities.open(jdbi, file);
    resolve(jdbi, identities, ANN);
    Files.delete(file);

    List<String> ids =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select id from identity_key order by id")
                    .mapTo(String.class)
                    .list());
    assertThatThrownBy(() -> Identities.open(jdbi, file))
        .isInstanceOf(IdentityKeysUnusable.class)
        .hasMessageContaining(String.join(", ", ids))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("Restore that file from safekeeping")
        .hasMessageContaining("nothing was changed");
    assertThat(file).doesNotExist();
  }

  @Test
  void keyFile_withOtherSecretsUnderTheNames_stopsTheStart() throws IOException {
    Identities.open(jdbi, file);
    IdentityKeys other = IdentityKeys.random();
    String text = Files.readString(file);
    IdentityKeyFile.replace(folder.resolve("other.json"), other);
    String secret = Files.readString(folder.resolve("other.json")).split("\"secret\" : \"")[1];
    Files.writeString(
        file, text.replaceFirst("(\"secret\" : \")[^\"]+", "$1" + secret.substring(0, 44)));

    assertThatThrownBy(() -> Identities.open(jdbi, file))
        .isInstanceOf(IdentityKeysUnusable.class)
        .hasMessageContaining("holds other secrets under the names of");
  }

  @Test
  void keyFile_withFaults_namesThemAllButNoSecret() throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        {"currentEncryption": "e-1", "currentLookup": "l-9",
         "keys": [{"id": "e-1", "purpose": "sealing", "secret": "c2VjcmV0LXNlY3JldA=="},
                  {"id": "l-1", "purpose": "lookup", "secret": "not base 64"}], "more": 1}
        """);

    assertThatThrownBy(() -> Identities.open(jdbi, file))
        .isInstanceOf(IdentityKeysUnusable.class)
        .hasMessageContaining("/keys/0/purpose")
        .hasMessageContaining("/keys/0/secret: is not 32 bytes in Base64")
        .hasMessageContaining("/keys/1/secret")
        .hasMessageContaining("/currentLookup: names no key of purpose lookup")
        .hasMessageContaining("/more")
        .hasMessageNotContaining("c2VjcmV0LXNlY3JldA");
  }

  @Test
  void keys_rotated_findOldAddressesAndWriteNewOnes() {
    Identities before = Identities.open(jdbi, file);
    Long ann = resolve(jdbi, before, ANN).get(ANN);
    Identities after = Identities.rotate(jdbi, file);

    assertThat(resolve(jdbi, after, ANN, PHONE)).containsEntry(ANN, ann);
    assertThat(count("select count(*) from address")).isEqualTo(2);
    assertThat(count("select count(*) from address_lookup where address_id = " + ann))
        .as("found by the old key, and given a hash under the new one")
        .isEqualTo(2);
    assertThat(count("select count(*) from identity_key where retired_at is null")).isEqualTo(2);
    assertThat(
            jdbi.<Map<Long, String>, RuntimeException>withHandle(
                handle -> Identities.open(jdbi, file).reveal(handle, List.of(ann))))
        .containsEntry(ann, ANN);
  }

  @Test
  void processWithReplacedKeys_storesNoNewAddress() {
    Identities before = Identities.open(jdbi, file);
    resolve(jdbi, before, ANN);
    Identities.rotate(jdbi, file);

    assertThat(resolve(jdbi, before, ANN)).containsKey(ANN);
    assertThatThrownBy(() -> resolve(jdbi, before, PHONE))
        .hasMessageContaining("were replaced while this process ran; nothing was stored");
  }

  @Test
  void sameAddress_storedByManyAtOnce_isOneRow() throws Exception {
    Identities identities = Identities.open(jdbi, file);
    var texts = new ArrayList<String>();
    for (int i = 0; i < 200; i++) {
      texts.add("person-" + i + "@example.com");
    }
    var start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      var found = new ArrayList<Future<Map<String, Long>>>();
      for (int i = 0; i < 4; i++) {
        found.add(
            threads.submit(
                () -> {
                  start.await();
                  return jdbi.inTransaction(handle -> identities.resolve(handle, texts));
                }));
      }
      start.countDown();
      for (Future<Map<String, Long>> one : found) {
        assertThat(one.get()).hasSize(200).isEqualTo(found.get(0).get());
      }
    } finally {
      threads.shutdown();
    }
    assertThat(count("select count(*) from address")).isEqualTo(200);
    assertThat(count("select count(*) from address_lookup")).isEqualTo(200);
  }

  @Test
  void firstStart_ofSeveralProcessesAtOnce_makesOneKeyFile() throws Exception {
    var start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      var opened = new ArrayList<Future<Identities>>();
      for (int i = 0; i < 4; i++) {
        opened.add(
            threads.submit(
                () -> {
                  start.await();
                  return Identities.open(jdbi, file);
                }));
      }
      start.countDown();
      Long number = resolve(jdbi, opened.get(0).get(), ANN).get(ANN);
      for (Future<Identities> one : opened) {
        assertThat(resolve(jdbi, one.get(), ANN)).containsEntry(ANN, number);
      }
    } finally {
      threads.shutdown();
    }
    assertThat(count("select count(*) from identity_key")).isEqualTo(2);
  }

  private long count(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }
}

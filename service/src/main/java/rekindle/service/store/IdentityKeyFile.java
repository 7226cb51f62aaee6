package rekindle.service.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rekindle.code.Vocabulary;
import rekindle.json.InvalidJson;
import rekindle.json.JsonFields;
import rekindle.json.JsonLimits;
import rekindle.json.JsonProblem;
import rekindle.json.JsonProblems;
import rekindle.json.StrictJson;
import rekindle.service.store.IdentityKey.Purpose;

/**
 * The file that holds the keys of identifiers, outside the database so that a copy of the database
 * alone tells no address. Only its owner may read it; it is written as a whole or not at all.
 */
final class IdentityKeyFile {
  private static final String NOTE =
      "Keep this file safe and secret, apart from the database: without it no address can be read"
          + " or found again.";
  private static final int LONGEST = 500;
  private static final Vocabulary PURPOSE =
      Vocabulary.of(
          "key purpose",
          "encryption",
          "addresses are encrypted under it",
          "lookup",
          "addresses are found by their hash under it");

  private IdentityKeyFile() {}

  /**
   * The keys; empty if there is no such file.
   *
   * @throws IdentityKeysUnusable if the file cannot be read or is no key file, with every fault
   */
  static Optional<IdentityKeys> read(Path file) {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(Files.readAllBytes(file)));
    } catch (IOException failed) {
      throw new IdentityKeysUnusable(
          "The key file "
              + file
              + " cannot be read: "
              + failed.getClass().getSimpleName()
              + ". Let the service's user read it and start again; nothing was changed.",
          failed);
    } catch (InvalidJson invalid) {
      var text = new StringBuilder("The key file " + file + " is not valid:");
      for (JsonProblem problem : invalid.problems()) {
        text.append("\n  * ").append(problem.pointer()).append(": ").append(problem.message());
      }
      throw new IdentityKeysUnusable(text + "\nRestore it from safekeeping; nothing was changed.");
    }
  }

  private static IdentityKeys read(byte[] bytes) {
    var problems = new JsonProblems();
    Optional<JsonNode> node = StrictJson.read(bytes, JsonLimits.STANDARD, problems);
    Optional<IdentityKeys> keys =
        node.map(found -> keys(JsonFields.of(found, "", problems), problems));
    problems.throwIfAny();
    return keys.orElseThrow();
  }

  private static @Nullable IdentityKeys keys(JsonFields json, JsonProblems problems) {
    json.text("note", LONGEST);
    List<Optional<IdentityKey>> read = json.objects("keys", IdentityKeyFile::key);
    var keys = new ArrayList<IdentityKey>();
    read.forEach(key -> key.ifPresent(keys::add));
    String encryption = json.requiredText("currentEncryption", LONGEST);
    String lookup = json.requiredText("currentLookup", LONGEST);
    json.end();
    mustName(json, "currentEncryption", encryption, Purpose.ENCRYPTION, keys);
    mustName(json, "currentLookup", lookup, Purpose.LOOKUP, keys);
    if (keys.stream().map(IdentityKey::id).distinct().count() < keys.size()) {
      json.problem("keys", "two keys have the same id");
    }
    return problems.isEmpty() ? new IdentityKeys(keys, encryption, lookup) : null;
  }

  private static void mustName(
      JsonFields json, String field, String id, Purpose purpose, List<IdentityKey> keys) {
    if (!id.isEmpty()
        && keys.stream().noneMatch(key -> key.id().equals(id) && key.purpose() == purpose)) {
      json.problem(field, "names no key of purpose " + purpose.code());
    }
  }

  private static Optional<IdentityKey> key(JsonFields json) {
    String id = json.requiredText("id", LONGEST);
    String purpose = json.requiredCode("purpose", PURPOSE);
    String text = json.requiredText("secret", LONGEST);
    byte[] secret = {};
    try {
      secret = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      // The length below is wrong then too, and says what is expected.
    }
    if (secret.length != IdentityKey.SECRET_BYTES) {
      if (!text.isEmpty()) {
        json.problem("secret", "is not 32 bytes in Base64");
      }
      return Optional.empty();
    }
    Purpose known = purpose.equals(Purpose.LOOKUP.code()) ? Purpose.LOOKUP : Purpose.ENCRYPTION;
    return Optional.of(new IdentityKey(id, known, secret));
  }

  /**
   * Writes a file that must not be there yet.
   *
   * @return whether it was written; false if another process made one at the same moment
   */
  static boolean create(Path file, IdentityKeys keys) {
    try {
      Path written = writeBeside(file, keys);
      try {
        // Unlike a move, a link never takes the place of a file that is there.
        Files.createLink(file, written);
      } catch (FileAlreadyExistsException other) {
        return false;
      } catch (UnsupportedOperationException | java.nio.file.FileSystemException noLinks) {
        Files.move(written, file);
      } finally {
        Files.deleteIfExists(written);
      }
      forceFolder(file);
      return true;
    } catch (IOException failed) {
      throw notWritten(file, failed);
    }
  }

  /** Takes the place of the file. */
  static void replace(Path file, IdentityKeys keys) {
    try {
      Files.move(writeBeside(file, keys), file, StandardCopyOption.ATOMIC_MOVE);
      forceFolder(file);
    } catch (IOException failed) {
      throw notWritten(file, failed);
    }
  }

  private static IdentityKeysUnusable notWritten(Path file, IOException failed) {
    return new IdentityKeysUnusable(
        "The key file "
            + file
            + " cannot be written: "
            + failed.getClass().getSimpleName()
            + ". Let the service's user write to its folder and start again; no address was"
            + " stored.",
        failed);
  }

  private static Path writeBeside(Path file, IdentityKeys keys) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path beside = Files.createTempFile(folder, "." + file.getFileName(), ".new", ownerOnly());
    try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
      var bytes = java.nio.ByteBuffer.wrap(text(keys).getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException failed) {
      Files.deleteIfExists(beside);
      throw failed;
    }
    return beside;
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static void forceFolder(Path file) throws IOException {
    try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
      folder.force(true);
    }
  }

  private static String text(IdentityKeys keys) throws IOException {
    var text = new StringWriter();
    try (var json = JsonRows.FACTORY.createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeStringField("note", NOTE);
      json.writeStringField("currentEncryption", keys.encryption().id());
      json.writeStringField("currentLookup", keys.lookup().id());
      json.writeArrayFieldStart("keys");
      for (IdentityKey key : keys.all()) {
        json.writeStartObject();
        json.writeStringField("id", key.id());
        json.writeStringField("purpose", key.purpose().code());
        json.writeStringField("secret", Base64.getEncoder().encodeToString(key.secret()));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text + "\n";
  }
}

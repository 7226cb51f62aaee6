package rekindle.service.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.json.InvalidJson;
import rekindle.json.JsonFields;
import rekindle.json.JsonProblem;
import rekindle.json.JsonProblems;
import rekindle.json.StrictJson;
import rekindle.service.record.ContactRecord;
import rekindle.service.record.Records;

/**
 * One contact with its related records as one JSON document: the columns of the standard CSV files
 * in lowerCamelCase, lists as arrays, related records as arrays of objects that name no contact. It
 * is read strictly and whole: with any fault nothing of it counts.
 *
 * @param related the related records of this contact
 * @param told the kinds that the document tells; of others it says nothing
 * @param warnings what is remarkable, and leaves nothing out
 */
public record ContactDocument(
    ContactRecord contact, Records related, Set<FileType> told, List<JsonProblem> warnings) {
  private static final CrmContactReader READER = new CrmContactReader(null);
  private static final String KEY = "one line of at most 128 characters that looks like no address";

  /**
   * @param id of the contact where the document need not repeat it; null if it must name it
   * @param line where the document stands among others; 0 if it stands alone
   * @throws InvalidJson with every fault
   */
  public static ContactDocument read(byte[] json, @Nullable String id, long line) {
    return read(StrictJson.read(json), id, line);
  }

  /**
   * @param root read strictly
   * @param id as above
   * @throws InvalidJson with every fault
   */
  public static ContactDocument read(JsonNode root, @Nullable String id, long line) {
    var problems = new JsonProblems();
    var fields = JsonFields.of(root, "", problems);
    // What is no object has been reported, and its fields need not be missed.
    problems.throwIfAny();
    if (id != null && !TypedRow.isKey(id)) {
      problems.add("", "the id in the path is no key of the system of record: " + KEY);
    }
    ContactDocument document = read(fields, problems, id, line);
    problems.throwIfAny();
    return document;
  }

  private static ContactDocument read(
      JsonFields fields, JsonProblems problems, @Nullable String id, long line) {
    var warnings = new ArrayList<JsonProblem>();
    CsvShape shape = FileType.CONTACTS.shape();
    var row = new TypedRow(new JsonCells(shape, shape.all(), line, fields, problems, warnings));
    String own = id == null || row.cell("id") != null ? row.requiredId("id") : id;
    if (id != null && own != null && !own.equals(id)) {
      row.error(
          "id", own, "The path names another contact; leave the field out or repeat the path's.");
    }
    ContactRecord contact = READER.read(row, Objects.requireNonNullElse(own, ""));
    var related = new Records();
    Set<FileType> told = EnumSet.of(FileType.CONTACTS);
    var arrays = new RelatedArray(contact.id(), contact.country(), line, problems, warnings);
    for (Related<?> kind : Related.ALL) {
      if (arrays.read(kind, fields, related)) {
        told.add(kind.type());
      }
    }
    fields.end();
    return new ContactDocument(contact, related, told, warnings);
  }
}

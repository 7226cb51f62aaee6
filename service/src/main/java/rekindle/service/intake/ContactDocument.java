package rekindle.service.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
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
import rekindle.service.record.Rows;

/**
 * One contact with its related records as one JSON document: the columns of the standard CSV files in
 * lowerCamelCase, lists as arrays, related records as arrays of objects that name no contact. It is
 * read strictly and whole: with any fault nothing of it counts.
 *
 * @param related the related records of this contact
 * @param told the kinds that the document tells; of others it says nothing
 * @param warnings what is remarkable, and leaves nothing out
 */
public record ContactDocument(
    ContactRecord contact, Records related, Set<FileType> told, List<JsonProblem> warnings) {
  private static final CrmContactReader READER = new CrmContactReader(null);
  private static final String CONTACT_ID = "contact_id";

  /**
   * @param id of the contact where the document need not repeat it; null if it must name it
   * @param line where the document stands among others; 0 if it stands alone
   * @throws InvalidJson with every fault
   */
  public static ContactDocument read(byte[] json, @Nullable String id, long line) {
    var problems = new JsonProblems();
    ContactDocument document =
        read(JsonFields.of(StrictJson.read(json), "", problems), problems, id, line);
    problems.throwIfAny();
    return document;
  }

  private static ContactDocument read(
      JsonFields fields, JsonProblems problems, @Nullable String id, long line) {
    var warnings = new ArrayList<JsonProblem>();
    CsvShape shape = FileType.CONTACTS.shape();
    var row =
        new TypedRow(new JsonCells(shape, shape.all(), line, fields, problems, warnings));
    String own = id == null || row.cell("id") != null ? row.requiredId("id") : id;
    if (id != null && own != null && !own.equals(id)) {
      row.error("id", own, "The path names another contact; leave the field out or repeat the path's.");
    }
    ContactRecord contact = READER.read(row, Objects.requireNonNullElse(own, ""));
    var related = new Records();
    Set<FileType> told = EnumSet.of(FileType.CONTACTS);
    for (Related<?> kind : Related.ALL) {
      String name = JsonCells.name(kind.type().code());
      JsonNode rows = fields.node(name);
      if (rows != null) {
        told.add(kind.type());
        new RelatedArray<>(kind, contact, line, problems, warnings).read(fields, name, related);
      }
    }
    fields.end();
    return new ContactDocument(contact, related, told, warnings);
  }

  /** The array of one kind of related records. */
  private record RelatedArray<T>(
      Related<T> kind,
      ContactRecord contact,
      long line,
      JsonProblems problems,
      List<JsonProblem> warnings) {

    void read(JsonFields document, String name, Records into) {
      Rows<T> rows = kind.rows().apply(into);
      Set<String> seen = new HashSet<>();
      List<String> columns =
          kind.shape().all().stream().filter(column -> !column.equals(CONTACT_ID)).toList();
      document.objects(
          name,
          fields -> {
            var row =
                new TypedRow(
                    new JsonCells(kind.shape(), columns, line, fields, problems, warnings));
            Related.Told<T> one = kind.read(row, contact.id(), contact.country());
            if (!one.id().isEmpty() && !seen.add(one.id())) {
              row.error("id", one.id(), "The id stands in the list already; keep one.");
            }
            T value = one.value();
            if (value != null) {
              rows.add(new Rows.Row<>(one.id(), contact.id(), line, value));
            }
            return row;
          });
    }
  }
}

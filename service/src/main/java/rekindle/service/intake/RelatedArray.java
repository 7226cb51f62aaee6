package rekindle.service.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.json.JsonFields;
import rekindle.json.JsonProblem;
import rekindle.json.JsonProblems;
import rekindle.service.record.Records;
import rekindle.service.record.Rows;

/** The arrays of records about a contact within a document about it. */
final class RelatedArray {
  private static final String CONTACT_ID = "contact_id";

  private final String contactId;
  private final @Nullable String country;
  private final long line;
  private final JsonProblems problems;
  private final List<JsonProblem> warnings;

  /**
   * @param country by which telephone numbers without one are read, or null
   * @param line where the document stands among others; 0 if it stands alone
   */
  RelatedArray(
      String contactId,
      @Nullable String country,
      long line,
      JsonProblems problems,
      List<JsonProblem> warnings) {
    this.contactId = contactId;
    this.country = country;
    this.line = line;
    this.problems = problems;
    this.warnings = warnings;
  }

  /**
   * Reads the array of one kind if the document has it.
   *
   * @return whether it has
   */
  <T> boolean read(Related<T> kind, JsonFields document, Records into) {
    String name = JsonCells.name(kind.type().code());
    JsonNode array = document.node(name);
    if (array == null) {
      return false;
    }
    Rows<T> rows = kind.rows().apply(into);
    Set<String> seen = new HashSet<>();
    document.objects(
        name,
        fields -> {
          if (isObject(array, fields)) {
            read(kind, fields, seen, rows);
          }
          return fields;
        });
    return true;
  }

  /** What is no object has been reported, and its fields need not be missed. */
  private static boolean isObject(JsonNode array, JsonFields fields) {
    String pointer = fields.pointer();
    return array.path(Integer.parseInt(pointer.substring(pointer.lastIndexOf('/') + 1))).isObject();
  }

  private <T> void read(Related<T> kind, JsonFields fields, Set<String> seen, Rows<T> rows) {
    List<String> columns =
        kind.shape().all().stream().filter(column -> !column.equals(CONTACT_ID)).toList();
    var row = new TypedRow(new JsonCells(kind.shape(), columns, line, fields, problems, warnings));
    Related.Told<T> one = kind.read(row, contactId, country);
    if (!one.id().isEmpty() && !seen.add(one.id())) {
      row.error("id", one.id(), "The id stands in the list already; keep one.");
    }
    T value = one.value();
    if (value != null) {
      rows.add(new Rows.Row<>(one.id(), contactId, line, value));
    }
  }
}

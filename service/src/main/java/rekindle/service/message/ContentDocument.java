package rekindle.service.message;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rekindle.json.Check;
import rekindle.json.JsonFields;

/** The merge fields of a contact as a document: one text for each field that is known. */
public final class ContentDocument {
  private static final Check LINK =
      Check.of(
          MergeField::isUsableLink,
          text -> "is no link that a message may carry; write it like https://example.com/x");

  private ContentDocument() {}

  /** Reads a whole document, noting everything that is wrong with it. */
  public static Map<MergeField, String> read(JsonFields fields) {
    var content = new EnumMap<MergeField, String>(MergeField.class);
    for (MergeField field : MergeField.values()) {
      String value = value(fields, field);
      if (value != null) {
        content.put(field, value);
      }
    }
    return Collections.unmodifiableMap(content);
  }

  /** Fields as the store knows them, by their codes; codes of other versions are left out. */
  public static Map<MergeField, String> of(Map<String, String> stored) {
    var content = new EnumMap<MergeField, String>(MergeField.class);
    stored.forEach((code, value) -> MergeField.of(code).ifPresent(f -> content.put(f, value)));
    return Collections.unmodifiableMap(content);
  }

  private static @Nullable String value(JsonFields fields, MergeField field) {
    return field.isLink()
        ? fields.text(field.code(), field.longest(), LINK)
        : fields.text(field.code(), field.longest());
  }
}

package rekindle.service.intake;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rekindle.service.record.ContactRecord;
import rekindle.service.record.Records;
import rekindle.service.record.Rows;

/**
 * Reads a folder of standard CSV files. A bad row is left out and reported; the contact that it is
 * about is held back, except for a bad consent that is not withdrawn, whose absence permits
 * nothing.
 */
final class CrmReader implements KnownContacts {
  private final Map<String, InputFile> files = new HashMap<>();
  private final IntakeLog log;
  private final CrmContactReader contactReader;
  private final Records data = new Records();
  private boolean readable = true;

  private CrmReader(IntakeLog log, @Nullable String program) {
    this.log = log;
    this.contactReader = new CrmContactReader(program);
  }

  /**
   * @param program the program of every contact, whatever its row says; null = as the row says
   * @return the rows; empty if the header of any file is not as it must be, since a column that is
   *     passed over could hold a revocation
   */
  static Records read(List<InputFile> folder, @Nullable String program, IntakeLog log)
      throws IOException {
    var reader = new CrmReader(log, program);
    reader.name(folder);
    reader.contacts();
    reader.related();
    return reader.readable ? reader.data : new Records();
  }

  private void name(List<InputFile> folder) throws NoSuchFileException {
    List<String> known = CrmShapes.ALL.stream().map(CsvShape::file).toList();
    for (InputFile file : folder) {
      String plain = file.name().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
      if (!known.contains(plain)) {
        readable = false;
        log.error(
            file.name(),
            0,
            null,
            null,
            "There is no standard file of that name; expected "
                + Suggestion.anyOf(known)
                + "."
                + Suggestion.didYouMean(plain, known));
      } else if (files.put(plain, file) != null) {
        readable = false;
        log.error(file.name(), 0, null, null, "The file is there twice; remove one of them.");
      }
    }
    if (!files.containsKey(CrmShapes.CONTACTS.file())) {
      throw new NoSuchFileException(
          CrmShapes.CONTACTS.file(), null, "the folder must hold at least contacts.csv");
    }
  }

  private void contacts() throws IOException {
    Map<String, List<String>> seen = new HashMap<>();
    Map<String, Long> lines = new HashMap<>();
    rows(
        CrmShapes.CONTACTS,
        row -> {
          String id = row.requiredId("id");
          if (id == null) {
            return;
          }
          ContactRecord contact = contactReader.read(row, id);
          List<String> before = seen.putIfAbsent(id, row.content());
          if (before != null) {
            row.error("id", id, "The id stands on line " + lines.get(id) + " already.");
            if (before.equals(row.content())) {
              return;
            }
          } else {
            lines.put(id, row.line());
            data.contacts.put(id, contact);
          }
          if (row.isBad()) {
            hold(id, CrmShapes.CONTACTS.file(), row.line());
          }
        });
  }

  private void related() throws IOException {
    for (Related<?> kind : Related.ALL) {
      rows(kind.shape(), keep(kind));
    }
  }

  private void rows(CsvShape shape, Consumer<TypedRow> read) throws IOException {
    InputFile file = files.get(shape.file());
    if (file == null) {
      return;
    }
    try (CsvTable table = CsvTable.open(shape, file.open(), log)) {
      readable &= table.isReadable();
      long rows = 0;
      TypedRow row = table.isReadable() ? table.next() : null;
      for (; row != null; row = table.next()) {
        read.accept(row);
        rows++;
      }
      log.note(rows + " rows of " + shape.file() + " read");
    }
  }

  /** Reads a row, keeps its value if the whole row is good, and holds its contact back if not. */
  private <T> Consumer<TypedRow> keep(Related<T> kind) {
    Rows<T> rows = kind.rows().apply(data);
    Map<String, List<String>> seen = new HashMap<>();
    return row -> {
      Related.Told<T> told = kind.read(row, this, CrmShapes.CONTACTS.file());
      String contactId = told.contactId();
      List<String> before = told.id().isEmpty() ? null : seen.putIfAbsent(told.id(), row.content());
      if (before != null) {
        row.error("id", told.id(), "The id stands in the file already; keep one row.");
        if (before.equals(row.content())) {
          return;
        }
      }
      T value = told.value();
      if (!row.isBad() && contactId != null && value != null) {
        rows.add(new Rows.Row<>(told.id(), contactId, row.line(), value));
      } else if (kind.holdsBack().test(row)) {
        hold(contactId, row.file(), row.line());
      }
    };
  }

  @Override
  public boolean holds(String contactId) {
    return data.contacts.containsKey(contactId);
  }

  @Override
  public @Nullable String country(String contactId) {
    ContactRecord contact = data.contacts.get(contactId);
    return contact == null ? null : contact.country();
  }

  private void hold(@Nullable String contactId, String file, long line) {
    if (contactId != null) {
      data.heldBack.putIfAbsent(contactId, HeldBack.because(file, line));
    }
  }
}

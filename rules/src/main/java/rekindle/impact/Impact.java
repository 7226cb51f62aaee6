package rekindle.impact;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.impact.Change.Kind;
import rekindle.json.CanonicalJson;

/**
 * What another policy changes about many decisions: how many, from what to what, and for whom as an
 * example. Memory does not grow with the number of decisions, and the same decisions give the same
 * impact in whatever order they are added and however parts are merged. Confined to one thread.
 */
public final class Impact {
  long unchanged;
  long detailsOnly;
  long changed;
  long skipped;
  final Map<Kind, Section> sections = new EnumMap<>(Kind.class);
  final Groups segments = new Groups();
  final Groups programs = new Groups();

  public Impact() {
    for (Kind kind : Kind.values()) {
      sections.put(kind, new Section());
    }
  }

  /**
   * Whom two decisions are about.
   *
   * @param decisionId of the recorded one; null if neither is recorded
   */
  public record Case(
      String contactId, @Nullable String decisionId, Instant asOf, @Nullable String program) {}

  /**
   * Compares a recorded decision with the one that another release makes.
   *
   * @param before canonical JSON
   * @throws IllegalArgumentException if {@code before} is no decision document
   */
  public void add(Case about, byte[] before, Decision after) {
    add(
        about,
        OutcomeReader.read(before),
        Outcome.of(after),
        () -> Sources.read(before),
        () -> Sources.of(after));
  }

  /** Compares what two releases decide. */
  public void add(Case about, Decision before, Decision after) {
    add(
        about,
        Outcome.of(before),
        Outcome.of(after),
        () -> Sources.of(before),
        () -> Sources.of(after));
  }

  /** Rows are asked for only where something changes. */
  void add(
      Case about,
      Outcome before,
      Outcome after,
      Supplier<List<Source>> rowsBefore,
      Supplier<List<Source>> rowsAfter) {
    List<Change> changes = before.equals(after) ? List.of() : Change.between(before, after);
    boolean isChanged = !changes.isEmpty();
    segments.count(before.segment(), isChanged);
    programs.count(about.program(), isChanged);
    if (!isChanged) {
      unchanged++;
      detailsOnly += before.details() == after.details() ? 0 : 1;
      return;
    }
    changed++;
    List<Source> left = rowsBefore.get();
    List<Source> right = rowsAfter.get();
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    for (Change change : changes) {
      kinds.add(change.kind());
      section(change.kind()).add(change, about, left, right);
    }
    kinds.forEach(kind -> section(kind).decisions++);
  }

  /** Counts decisions that could not be compared. */
  public void addSkipped(long decisions) {
    skipped += decisions;
  }

  /** Adds all that another one counted. */
  public void merge(Impact more) {
    unchanged += more.unchanged;
    detailsOnly += more.detailsOnly;
    changed += more.changed;
    skipped += more.skipped;
    segments.merge(more.segments);
    programs.merge(more.programs);
    more.sections.forEach((kind, section) -> section(kind).merge(section));
  }

  Section section(Kind kind) {
    return sections.computeIfAbsent(kind, k -> new Section());
  }

  /** How many decisions were compared. */
  public long decided() {
    return unchanged + changed;
  }

  /** How many of them change in something that counts. */
  public long changed() {
    return changed;
  }

  /** How many decisions could not be compared. */
  public long skipped() {
    return skipped;
  }

  /** How many decisions have a change of a kind. */
  public long changed(Kind kind) {
    return section(kind).decisions;
  }

  /**
   * Writes it as one value of a larger document.
   *
   * @param linesMax of each kind, the most frequent ones; those beyond are counted together
   */
  public void write(CanonicalJson json, int linesMax) {
    ImpactWriter.write(this, json, linesMax);
  }

  /** The whole of it in canonical JSON, from which {@link ImpactReader} reads it without loss. */
  public byte[] toBytes() {
    var json = new CanonicalJson();
    write(json, Section.LINES_MAX);
    return json.toBytes();
  }
}

package rekindle.release;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rekindle.code.Jurisdictions;
import rekindle.eligibility.EligibilityTables;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.policy.Release;
import rekindle.table.Cell;
import rekindle.table.Column;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * The rows of Suppression that would have obeyed an opt-out but for one cell: where its author
 * looks first.
 */
final class NearMisses {
  private static final int NAMED_MAX = 3;
  private final Release release;
  private final TypedTable rows;

  NearMisses(Release release) {
    this.release = release;
    this.rows = release.table(EligibilityTables.SUPPRESSION);
  }

  /** Such rows, each with the label of the cell: {@code SUP-SCOPE (row 12, What)}. */
  List<String> of(OptOut optOut, Channel channel, ContactFacts facts, Instant asOf) {
    var found = new ArrayList<String>();
    for (TypedRow row : rows.rows()) {
      List<String> unfit = unfit(row, optOut, channel, facts, asOf);
      if (unfit.size() == 1 && found.size() < NAMED_MAX) {
        found.add(row.id() + " (row " + row.number() + ", " + unfit.get(0) + ")");
      }
    }
    return found;
  }

  private List<String> unfit(
      TypedRow row, OptOut optOut, Channel channel, ContactFacts facts, Instant asOf) {
    var unfit = new ArrayList<String>();
    for (Column column : rows.definition().conditions()) {
      Cell cell = row.cell(column.key());
      boolean fits =
          switch (column.key()) {
            case "where" -> isWhere(cell, facts.contact().jurisdictions());
            case "saidIn" -> takes(cell, optOut.saidIn());
            case "no" -> takes(cell, optOut.reason());
            case "madeOn" ->
                takes(cell, optOut.scope())
                    || (optOut.scope().equals(channel.code()) && takes(cell, "same"));
            // Nobody here consents after opting out.
            case "consentSince" -> takes(cell, "no");
            default -> takes(cell, channel.code());
          };
      if (!fits) {
        unfit.add(column.label());
      }
    }
    LocalDate date = LocalDate.ofInstant(asOf, ZoneOffset.UTC);
    if (row.from() != null && date.isBefore(row.from())) {
      unfit.add("From");
    }
    if (row.to() != null && date.isAfter(row.to())) {
      unfit.add("To");
    }
    return unfit;
  }

  private static boolean takes(Cell cell, @Nullable String code) {
    return cell instanceof Cell.Any || (cell instanceof Cell.Codes codes && codes.matches(code));
  }

  private boolean isWhere(Cell cell, List<String> jurisdictions) {
    if (jurisdictions.isEmpty()) {
      return takes(cell, null) || cell instanceof Cell.Unknown;
    }
    boolean excludes = cell instanceof Cell.Codes codes && codes.negated();
    return jurisdictions.stream()
        .map(this::withParents)
        .anyMatch(
            chain ->
                excludes
                    ? chain.stream().allMatch(place -> takes(cell, place))
                    : chain.stream().anyMatch(place -> takes(cell, place)));
  }

  private List<String> withParents(String jurisdiction) {
    String country = Jurisdictions.parent(jurisdiction).orElse(jurisdiction);
    var chain = new ArrayList<>(List.of(jurisdiction, country));
    Optional<String> group = release.places().group(country);
    group.ifPresent(chain::add);
    return chain;
  }
}

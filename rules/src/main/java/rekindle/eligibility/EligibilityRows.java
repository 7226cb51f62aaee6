package rekindle.eligibility;

import java.util.HashMap;
import java.util.Map;
import rekindle.policy.Release;
import rekindle.rule.Hit;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/** What the rows of {@code eligibility.xlsx} say, read once for a release. Thread-safe. */
record EligibilityRows(
    TypedTable consentTable,
    Map<Hit, ConsentRow> consent,
    Map<Hit, SuppressionRow> suppression,
    HoursRows hours) {

  static EligibilityRows of(Release release) {
    TypedTable consentTable = release.table(EligibilityTables.CONSENT);
    TypedTable suppressionTable = release.table(EligibilityTables.SUPPRESSION);
    var suppression = new HashMap<Hit, SuppressionRow>();
    for (TypedRow row : suppressionTable.rows()) {
      suppression.put(new Hit(suppressionTable, row), SuppressionRow.of(row));
    }
    return new EligibilityRows(
        consentTable, ConsentRow.of(consentTable), suppression, new HoursRows(release));
  }
}

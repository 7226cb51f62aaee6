package rekindle.service.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import rekindle.json.CanonicalJson;
import rekindle.json.StrictJson;
import rekindle.table.Finding;
import rekindle.table.Finding.Severity;

/** Findings as the contract has them, section 6. */
public final class FindingJson {
  private FindingJson() {}

  /** A canonical array. */
  public static byte[] of(List<Finding> findings) {
    var json = new CanonicalJson().startArray();
    for (Finding finding : findings) {
      json.startObject();
      json.key("cell").text(finding.cell());
      json.key("code").text(finding.code());
      json.key("example").text(finding.example());
      json.key("id").text(finding.id());
      json.key("message").text(finding.message());
      json.key("row");
      if (finding.row() == null) {
        json.nothing();
      } else {
        json.integer(finding.row());
      }
      json.key("severity").text(severity(finding));
      json.key("sheet").text(finding.sheet());
      json.key("workbook").text(finding.workbook());
      json.endObject();
    }
    return json.endArray().toBytes();
  }

  /** Findings from the array that they were written to. */
  public static List<Finding> read(byte[] array) {
    var findings = new ArrayList<Finding>();
    for (JsonNode json : StrictJson.read(array)) {
      findings.add(
          new Finding(
              Severity.valueOf(json.path("severity").textValue().toUpperCase(Locale.ROOT)),
              json.path("workbook").textValue(),
              json.path("sheet").textValue(),
              json.path("cell").textValue(),
              json.path("row").isInt() ? json.path("row").intValue() : null,
              json.path("id").textValue(),
              json.path("code").textValue(),
              json.path("message").textValue(),
              json.path("example").textValue()));
    }
    return findings;
  }

  /** {@code error} or {@code warning}. */
  public static String severity(Finding finding) {
    return finding.severity().name().toLowerCase(Locale.ROOT);
  }
}

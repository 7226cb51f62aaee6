package rekindle.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import org.drools.decisiontable.SpreadsheetCompiler;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kie.internal.builder.conf.LanguageLevelOption;
import rekindle.testing.SampleRows;

class CodeRowsTest {
  private static final byte[] FILE = WorkbookWriter.write("sample", "", SampleRows.tables());

  @ParameterizedTest
  @ValueSource(strings = {"Conditions", "Results"})
  void writtenSheet_stockDrools_makesOneRuleOfEachRow(String sheet) throws Exception {
    String drl = new SpreadsheetCompiler().compile(new ByteArrayInputStream(FILE), sheet);
    var parser = new DrlParser(LanguageLevelOption.DRL6);
    PackageDescr parsed = parser.parse(false, drl);
    assertThat(parser.getErrors()).as(drl).isEmpty();
    List<TypedRow> rows =
        SampleRows.tables().stream()
            .filter(t -> t.definition().sheet().equals(sheet))
            .findFirst()
            .orElseThrow()
            .rows();
    assertThat(parsed.getRules())
        .extracting(RuleDescr::getName)
        .containsExactlyElementsOf(rows.stream().map(TypedRow::id).toList());
  }

  @Test
  void acceptedCells_ofEveryComparison_areThoseOfTheTable() {
    assertThat(CellText.accepts("sms", "IN", 1, "email, sms")).isTrue();
    assertThat(CellText.accepts("sms", "IN", 1, "not email, sms")).isFalse();
    assertThat(CellText.accepts(null, "IN", 1, "not email")).isFalse();
    assertThat(CellText.accepts(null, "IN", 1, "email, unknown")).isTrue();
    assertThat(CellText.accepts(null, "IN", 1, "any")).isTrue();
    assertThat(CellText.accepts(null, "IN", 1, "unknown")).isTrue();
    assertThat(CellText.accepts("x", "IN", 1, "unknown")).isFalse();
    assertThat(CellText.accepts("x", "IN", 1, "not unknown")).isTrue();
    assertThat(CellText.accepts(List.of("price", "x"), "HOLDS", 1, "price")).isTrue();
    assertThat(CellText.accepts(864_000_001L, "MORE_THAN", Condition.DAY_MS, "10")).isTrue();
    assertThat(CellText.accepts(864_000_000L, "MORE_THAN", Condition.DAY_MS, "10")).isFalse();
    assertThat(CellText.accepts(864_000_000L, "UP_TO", Condition.DAY_MS, "10")).isTrue();
    assertThat(CellText.accepts(864_000_000L, "WITHIN", Condition.DAY_MS, "10")).isFalse();
    assertThat(CellText.accepts(null, "NOT_WITHIN", Condition.DAY_MS, "10")).isTrue();
    assertThat(CellText.accepts(null, "OLDER_THAN", Condition.DAY_MS, "10")).isTrue();
    assertThat(CellText.accepts("0.25", "AT_LEAST", 1, "25 %")).isTrue();
    assertThat(CellText.accepts(3, "EQUALS", 1, "3")).isTrue();
    assertThat(CellText.accepts("x", "IN", 1, "otherwise")).isTrue();
  }
}

package rekindle.service.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The shell stays thin: arrows run one way, and neither the rule engine nor spreadsheets show. */
@AnalyzeClasses(packages = "rekindle.service", importOptions = ImportOption.DoNotIncludeTests.class)
class DependencyRulesTest {
  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("rekindle.service.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NO_ENGINE_NO_SPREADSHEET =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.drools..", "org.kie..", "org.apache.poi..")
          .because("the rules library hides them");
}

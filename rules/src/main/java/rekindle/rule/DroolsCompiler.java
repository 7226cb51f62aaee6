package rekindle.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import rekindle.table.TypedTable;

/**
 * Compiles plans with Drools: each table becomes a decision table written afresh from its typed
 * values, in memory; all of a release become one executable model with an id of its own.
 */
public final class DroolsCompiler {
  /** The engine that compiles and runs the rules; a release names it. */
  public static final String ENGINE = "drools 10.2.0, executable model, rows 1";

  private static final String FOLDER = "src/main/resources/rekindle/compiled/";
  private static final String GROUP = "rekindle.release";
  private static final Pattern RULE_NAME = Pattern.compile("\\bRule(\\d+)\\b");
  private static final Pattern SOURCE = Pattern.compile("^Java source of (\\S+) in error");
  private static final Pattern FILE_NAME = Pattern.compile("table-(\\d+)\\.drl\\.xls");

  private DroolsCompiler() {}

  /** Compiles with as many matchers as the machine has processors. */
  public static CompiledRules compile(RulePlan plan, String releaseName) {
    return compile(plan, releaseName, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Compiles a plan; takes seconds, so never on a caller's path.
   *
   * @param releaseName letters, digits, {@code - _ .}; two releases that are compiled at the same
   *     time have different names
   * @param matchers how many decisions may match at the same time
   * @throws IllegalStateException if Drools refuses a rule, naming table and row; the fault is in a
   *     definition or in this compiler, never in a workbook
   */
  public static CompiledRules compile(RulePlan plan, String releaseName, int matchers) {
    KieServices services = KieServices.get();
    ReleaseId id = services.newReleaseId(GROUP, releaseName, "1");
    KieFileSystem files = services.newKieFileSystem();
    files.generateAndWritePomXML(id);
    List<List<Rule>> sheets = sheets(plan);
    for (int i = 0; i < sheets.size(); i++) {
      TypedTable table = sheets.get(i).get(0).table();
      Class<?> input =
          Objects.requireNonNull(table.definition().input(), "a table of rules has one");
      files.write(FOLDER + "table-" + i + ".drl.xls", RuleSheet.bytes(sheets.get(i), input));
    }
    try {
      KieBuilder builder =
          services
              .newKieBuilder(files, GeneratedClasses.outside())
              .buildAll(ExecutableModelProject.class);
      check(builder, plan, sheets);
      var module = (InternalKieModule) builder.getKieModule();
      return new DroolsRules(plan, new GeneratedClasses(module.getClassesMap()), matchers);
    } finally {
      // Building files the sources away; only the classes are needed from here on.
      services.getRepository().removeKieModule(id);
    }
  }

  /** Rules by table, in the order of the plan; a very large table makes several sheets. */
  private static List<List<Rule>> sheets(RulePlan plan) {
    Map<String, List<Rule>> byTable = new LinkedHashMap<>();
    for (Rule rule : plan.rules()) {
      String place = rule.table().definition().place();
      byTable.computeIfAbsent(place, p -> new ArrayList<>()).add(rule);
    }
    var sheets = new ArrayList<List<Rule>>();
    for (List<Rule> rules : byTable.values()) {
      for (int from = 0; from < rules.size(); from += RuleSheet.MAX_RULES) {
        sheets.add(rules.subList(from, Math.min(rules.size(), from + RuleSheet.MAX_RULES)));
      }
    }
    return sheets;
  }

  private static void check(KieBuilder builder, RulePlan plan, List<List<Rule>> sheets) {
    List<Message> errors = builder.getResults().getMessages(Message.Level.ERROR);
    if (errors.isEmpty()) {
      return;
    }
    // Java's complaints name a generated file; a message of its own shows the file, with its rule.
    Map<String, String> places = new HashMap<>();
    for (Message error : errors) {
      Matcher source = SOURCE.matcher(error.getText());
      if (source.find()) {
        places.put(source.group(1), place(error, plan, sheets, places));
      }
    }
    var lines = new TreeSet<String>();
    for (Message error : errors) {
      if (!SOURCE.matcher(error.getText()).find()) {
        lines.add(place(error, plan, sheets, places) + ": " + error.getText());
      }
    }
    throw new IllegalStateException(
        "Drools refuses rules that were generated for it:\n" + String.join("\n", lines));
  }

  private static String place(
      Message error, RulePlan plan, List<List<Rule>> sheets, Map<String, String> places) {
    Matcher name = RULE_NAME.matcher(error.getText());
    if (name.find()) {
      return place(plan.rule(Integer.parseInt(name.group(1))));
    }
    for (Rule rule : plan.rules()) {
      if (rule.constraints().stream().anyMatch(error.getText()::endsWith)) {
        return place(rule);
      }
    }
    String path = String.valueOf(error.getPath());
    Matcher file = FILE_NAME.matcher(path);
    if (file.find()) {
      return sheets.get(Integer.parseInt(file.group(1))).get(0).table().definition().place();
    }
    return places.getOrDefault(path, path);
  }

  private static String place(Rule rule) {
    return rule.reference() + " (" + rule.row().id() + ")";
  }
}

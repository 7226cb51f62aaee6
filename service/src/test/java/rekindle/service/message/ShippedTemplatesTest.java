package rekindle.service.message;

import static org.assertj.core.api.Assertions.assertThat;
import static rekindle.service.message.ShippedMessages.NOW;
import static rekindle.service.message.ShippedMessages.SENDER;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rekindle.code.Jurisdictions;
import rekindle.eligibility.RequiredElements.Required;
import rekindle.facts.Channel;
import rekindle.service.message.Preflight.Report;
import rekindle.service.message.ShippedMessages.Template;
import rekindle.table.TypedRow;

/** Every message that the shipped tables can ask for is there, whole, and may leave. */
class ShippedTemplatesTest {
  private static final Pattern TAG = Pattern.compile("\\{\\{([#^/]?)([a-z0-9_.]+)}}");

  private final Messages messages = new Messages(SENDER);
  private final Preflight preflight = new Preflight(SENDER, ShippedMessages.demands());

  static List<Template> templates() {
    return ShippedMessages.templates();
  }

  @Test
  void templates_ofEveryStepAndChannel_areThere() {
    assertThat(templates())
        .hasSizeGreaterThan(40)
        .allSatisfy(
            template -> assertThat(messages.has(template.name())).as(template.name()).isTrue());
  }

  @Test
  void incentives_ofTheMenu_haveTheirTexts() {
    List<TypedRow> menu =
        ShippedMessages.RELEASE.table(rekindle.incentive.IncentiveTables.MENU).rows();
    var words = new Templates(Resources::find).words("en");
    assertThat(menu)
        .isNotEmpty()
        .allSatisfy(
            row -> assertThat(words).containsKey("offer." + row.code("incentive").orElseThrow()));
  }

  @ParameterizedTest
  @MethodSource("templates")
  void message_withAllFieldsAndWithNone_passesEverywhere(Template template) {
    var places = new ArrayList<List<String>>();
    Jurisdictions.all().forEach(place -> places.add(List.of(place)));
    places.add(List.of());
    places.add(List.of("US-CT", "US-NJ", "FR", "DE", "CA-ON"));
    Demands demands = ShippedMessages.demands();
    Set<Set<String>> tried = new HashSet<>();
    for (List<String> where : places) {
      Set<String> needs = new TreeSet<>();
      for (Required one : demands.of(template.channel(), where, NOW)) {
        needs.add(one.element());
      }
      if (tried.add(needs)) {
        passes(template, ShippedMessages.allFields(), offer(template), where, needs);
        passes(template, Map.of(), null, where, needs);
      }
    }
    assertThat(tried).isNotEmpty();
  }

  private static @Nullable Offer offer(Template template) {
    return template.offer() ? ShippedMessages.offer("migration_concierge") : null;
  }

  private void passes(
      Template template,
      Map<MergeField, String> fields,
      @Nullable Offer offer,
      List<String> where,
      Set<String> needs) {
    RenderedMessage message =
        messages.render(ShippedMessages.request(template, fields, offer, needs));
    Report report = preflight.check(message, where, needs, NOW).report();
    assertThat(report.findings())
        .as("%s in %s: %s", template.name(), where, message.text())
        .noneMatch(Finding::blocks);
    SmsSegments segments = report.segments();
    assertThat(segments != null).isEqualTo(template.channel() == Channel.SMS);
    if (segments != null && fields.isEmpty()) {
      assertThat(segments.encoding()).isEqualTo("gsm_7bit");
    }
  }

  @ParameterizedTest
  @MethodSource("templates")
  void message_withOneFieldMissing_hasNoHole(Template template) {
    for (MergeField missing : MergeField.values()) {
      Map<MergeField, String> fields = ShippedMessages.allFields();
      fields.remove(missing);
      RenderedMessage message =
          messages.render(ShippedMessages.request(template, fields, null, Set.of()));
      assertThat(message.subject() + "\n" + message.text())
          .doesNotContain("  ", " ,", " .", " ?", "()", "\"\"", "{{", ": .", "..")
          .doesNotContainPattern("[a-z],\\.");
    }
  }

  /** Wherever a field may be missing, something else stands there. */
  @ParameterizedTest
  @MethodSource("templates")
  void source_ofEveryTemplate_usesFieldsOnlyWhereTheyAreKnown(Template template) {
    String source = Resources.read("en/" + template.name() + ".mustache");
    var open = new ArrayDeque<String>();
    var known = new HashSet<String>();
    var missing = new HashSet<String>();
    Matcher tag = TAG.matcher(source);
    while (tag.find()) {
      String name = tag.group(2);
      switch (tag.group(1)) {
        case "#" -> {
          open.push(name);
          known.add(name);
        }
        case "^" -> {
          open.push("^" + name);
          missing.add(name);
        }
        case "/" -> assertThat(open.pop().replace("^", "")).isEqualTo(name);
        default -> assertThat(open).as("%s: {{%s}}", template.name(), name).contains(name);
      }
      assertThat(name.equals("offer") || MergeField.of(name).isPresent()).as(name).isTrue();
    }
    assertThat(open).isEmpty();
    assertThat(missing).as("fallbacks of %s", template.name()).isEqualTo(known);
  }

  @ParameterizedTest
  @MethodSource("templates")
  void message_ofEveryTemplate_asksForOneThing(Template template) {
    MessageSource source =
        new Templates(Resources::find).find(template.name(), null).orElseThrow().source();
    assertThat(source.otherwise()).as("what to do without a link").isNotNull();
    assertThat(source.actions())
        .extracting(action -> action.link().code().replace("_2", ""))
        .hasSizeLessThanOrEqualTo(2);
    assertThat(
            source.actions().stream()
                .map(action -> action.link().code().replace("_2", ""))
                .distinct())
        .hasSizeLessThanOrEqualTo(1);
    assertThat(source.subject() != null).isEqualTo(template.channel() == Channel.EMAIL);
  }
}

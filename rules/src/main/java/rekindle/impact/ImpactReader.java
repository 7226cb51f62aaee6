package rekindle.impact;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.impact.Change.Kind;
import rekindle.impact.Section.Line;
import rekindle.json.JsonLimits;
import rekindle.json.Rfc3339;
import rekindle.json.StrictJson;

/** Reads impacts that were kept, to be merged or shown. */
public final class ImpactReader {
  private static final JsonLimits LIMITS =
      new JsonLimits(
          256 << 20,
          JsonLimits.STANDARD.depth(),
          JsonLimits.STANDARD.textLength(),
          JsonLimits.STANDARD.numberLength());

  private ImpactReader() {}

  /**
   * Reads a document that holds impacts; it may be larger than others.
   *
   * @throws rekindle.json.InvalidJson if it is none
   */
  public static JsonNode document(byte[] utf8) {
    return StrictJson.read(utf8, LIMITS);
  }

  /** Reads an impact as {@link Impact#toBytes} wrote it. */
  public static Impact read(byte[] utf8) {
    return read(document(utf8));
  }

  /** Reads an impact that is a value of a larger document; lines that it lacks stay lost. */
  public static Impact read(JsonNode node) {
    var impact = new Impact();
    impact.changed = node.path("changed").longValue();
    impact.unchanged = node.path("unchanged").longValue();
    impact.detailsOnly = node.path("detailsOnly").longValue();
    impact.skipped = node.path("skipped").longValue();
    groups(node.path("segments"), "segment", impact.segments);
    groups(node.path("programs"), "program", impact.programs);
    for (JsonNode section : node.path("changes")) {
      Kind.of(section.path("kind").asText())
          .ifPresent(kind -> section(kind, section, impact.section(kind)));
    }
    return impact;
  }

  private static void groups(JsonNode node, String name, Groups into) {
    for (JsonNode line : node.path("lines")) {
      String code = text(line, name);
      into.of(code == null ? Groups.NONE : code).add(tally(line));
    }
    into.others.add(tally(node.path("others")));
  }

  private static Groups.Tally tally(JsonNode node) {
    var tally = new Groups.Tally();
    tally.decided = node.path("decided").longValue();
    tally.changed = node.path("changed").longValue();
    return tally;
  }

  private static void section(Kind kind, JsonNode node, Section into) {
    into.decisions = node.path("decisions").longValue();
    into.others = node.path("others").path("count").longValue();
    into.otherLines = node.path("others").path("lines").longValue();
    for (JsonNode read : node.path("lines")) {
      var line = new Line();
      line.count = read.path("count").longValue();
      read.path("examples").forEach(example -> line.add(example(example)));
      into.merge(new Change(kind, channel(read), text(read, "from"), text(read, "to")), line);
    }
  }

  private static Example example(JsonNode node) {
    return new Example(
        node.path("contactId").asText(),
        text(node, "decisionId"),
        Rfc3339.parse(node.path("asOf").asText()).orElse(Instant.EPOCH),
        rows(node.path("before")),
        rows(node.path("after")));
  }

  private static List<Source> rows(JsonNode nodes) {
    var rows = new ArrayList<Source>();
    for (JsonNode node : nodes) {
      rows.add(
          new Source(
              node.path("part").asText(),
              channel(node),
              text(node, "code"),
              text(node, "row"),
              text(node, "rule")));
    }
    return rows;
  }

  private static @Nullable Channel channel(JsonNode node) {
    String code = text(node, "channel");
    return code == null ? null : Channel.of(code).orElse(null);
  }

  private static @Nullable String text(JsonNode node, String field) {
    return node.path(field).textValue();
  }
}

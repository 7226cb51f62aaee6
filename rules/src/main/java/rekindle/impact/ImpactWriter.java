package rekindle.impact;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.impact.Change.Kind;
import rekindle.impact.Section.Line;
import rekindle.json.CanonicalJson;

/** Writes impacts as canonical JSON: kinds in their order, lines by how often they occur. */
final class ImpactWriter {
  private final CanonicalJson json;
  private final int linesMax;

  private ImpactWriter(CanonicalJson json, int linesMax) {
    this.json = json;
    this.linesMax = linesMax;
  }

  static void write(Impact impact, CanonicalJson json, int linesMax) {
    new ImpactWriter(json, linesMax).impact(impact);
  }

  private void impact(Impact impact) {
    json.startObject();
    json.key("changed").integer(impact.changed);
    json.key("changes").startArray();
    impact.sections.forEach(this::section);
    json.endArray();
    json.key("decided").integer(impact.decided());
    json.key("detailsOnly").integer(impact.detailsOnly);
    groups("programs", "program", impact.programs);
    groups("segments", "segment", impact.segments);
    json.key("skipped").integer(impact.skipped);
    json.key("unchanged").integer(impact.unchanged);
    json.endObject();
  }

  private void section(Kind kind, Section section) {
    List<Map.Entry<Change, Line>> lines = section.lines();
    List<Map.Entry<Change, Line>> shown = lines.subList(0, Math.min(linesMax, lines.size()));
    List<Map.Entry<Change, Line>> hidden = lines.subList(shown.size(), lines.size());
    json.startObject();
    json.key("decisions").integer(section.decisions);
    json.key("kind").text(kind.code());
    json.key("lines").startArray();
    shown.forEach(line -> line(line.getKey(), line.getValue()));
    json.endArray();
    json.key("others").startObject();
    long count = hidden.stream().mapToLong(line -> line.getValue().count).sum();
    json.key("count").integer(section.others + count);
    json.key("lines").integer(section.otherLines + hidden.size());
    json.endObject();
    json.endObject();
  }

  private void line(Change change, Line line) {
    json.startObject();
    json.key("channel").text(code(change.channel()));
    json.key("count").integer(line.count);
    json.key("examples").startArray();
    line.examples().forEach(this::example);
    json.endArray();
    json.key("from").text(change.from());
    json.key("to").text(change.to());
    json.endObject();
  }

  private void example(Example example) {
    json.startObject();
    rows("after", example.after());
    json.key("asOf").instant(example.asOf());
    rows("before", example.before());
    json.key("contactId").text(example.contactId());
    json.key("decisionId").text(example.decisionId());
    json.endObject();
  }

  private void rows(String key, List<Source> rows) {
    json.key(key).startArray();
    for (Source source : rows) {
      json.startObject();
      json.key("channel").text(code(source.channel()));
      json.key("code").text(source.code());
      json.key("part").text(source.part());
      json.key("row").text(source.row());
      json.key("rule").text(source.rule());
      json.endObject();
    }
    json.endArray();
  }

  private void groups(String key, String name, Groups groups) {
    json.key(key).startObject();
    json.key("lines").startArray();
    groups
        .tallies()
        .forEach(
            entry -> {
              json.startObject();
              tally(entry.getValue());
              json.key(name).text(entry.getKey().equals(Groups.NONE) ? null : entry.getKey());
              json.endObject();
            });
    json.endArray();
    json.key("others").startObject();
    tally(groups.others);
    json.endObject();
    json.endObject();
  }

  private void tally(Groups.Tally tally) {
    json.key("changed").integer(tally.changed);
    json.key("decided").integer(tally.decided);
  }

  private static @Nullable String code(@Nullable Channel channel) {
    return channel == null ? null : channel.code();
  }
}

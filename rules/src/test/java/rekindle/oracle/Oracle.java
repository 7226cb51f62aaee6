package rekindle.oracle;

import java.time.Instant;
import java.util.Map;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;

/**
 * Decides as DECIDING.md says, slowly and without any code of the engine: rows by their texts,
 * hours by the minute. Written from the documents alone, so that the two must agree.
 */
final class Oracle {
  private final OracleTables tables;

  Oracle(Map<String, byte[]> workbooks) {
    tables = new OracleTables(workbooks);
  }

  /** A made-up person, most often one in a segment. */
  OraclePeople person(long seed) {
    return OraclePeople.of(
        seed,
        one -> {
          var facts = OracleFacts.known(one.facts(), one.asOf());
          var row = new OracleSegments(tables, facts).segment(one.asOf());
          return row.orNull("→ Segment") != null;
        });
  }

  OracleAnswer decide(ContactFacts all, Instant asOf) {
    var facts = OracleFacts.known(all, asOf);
    var answer = new OracleAnswer();
    var segments = new OracleSegments(tables, facts);
    var segmentRow = segments.segment(asOf);
    String segment = segmentRow.cell("→ Segment");
    int tier = segments.tier(segment).whole("→ Tier");
    var places = new OraclePlaces(tables, facts.contact());
    var channels = new OracleChannels(tables, facts, places, tier);
    var journey = new OracleJourney(tables, facts, asOf, segments, channels);
    answer.trace("segment", segmentRow);
    answer.trace("group", segments.group(segment));
    answer.trace("tier", segments.tier(segment));
    answer.trace("cohort", journey.cohort);
    answer.put("segment", segmentRow.orNull("→ Segment"));
    answer.put("group", segments.group(segment).orNull("→ Group"));
    answer.put("offerAngle", segmentRow.orNull("→ Offer angle"));
    answer.put("tier", tier);
    answer.put("cohort", journey.cohort.orNull("→ Cohort"));
    for (Channel channel : Channel.ALL) {
      var found = channels.at(channel, asOf);
      var denials =
          found.denials().stream()
              .map(
                  one ->
                      OracleAnswer.denial(one.code(), ref(one.row()), one.row().id(), one.until()))
              .toList();
      var ground = found.ground();
      answer.put(
          channel.code(),
          OracleAnswer.channel(
              found.allowed(),
              found.basis(),
              ground == null ? null : ref(ground),
              ground == null ? null : ground.id(),
              denials));
    }
    var answers = Channel.ALL.stream().map(channel -> channels.at(channel, asOf)).toList();
    answers.forEach(one -> one.consents().forEach(row -> answer.trace("consent", row)));
    answers.forEach(one -> one.denials().forEach(no -> answer.trace("denial", no.row())));
    new OracleVerdict(tables, facts, places, segments, channels, journey, answer).decide();
    answer.endTrace();
    return answer;
  }

  private static String ref(OracleRow row) {
    return row.sheet() + "!" + row.number();
  }
}

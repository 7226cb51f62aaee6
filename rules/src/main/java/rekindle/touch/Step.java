package rekindle.touch;

import java.time.Duration;
import java.util.List;
import rekindle.facts.Channel;
import rekindle.rule.Hit;

/** One step of a sequence. Channels in the order of preference. */
public record Step(
    int number,
    Duration offset,
    String purpose,
    List<Channel> channels,
    boolean atOnce,
    boolean offer,
    Hit hit) {
  public Step {
    channels = List.copyOf(channels);
  }

  static Step of(Hit hit) {
    var row = hit.row();
    return new Step(
        row.number("step").orElseThrow().intValueExact(),
        Duration.ofDays(row.number("offsetDays").orElseThrow().longValueExact()),
        row.code("purpose").orElse("none"),
        row.codes("channels").stream().map(code -> Channel.of(code).orElseThrow()).toList(),
        row.isYes("atOnce"),
        row.isYes("offer"),
        hit);
  }
}

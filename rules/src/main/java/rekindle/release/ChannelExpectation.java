package rekindle.release;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.decision.Decision.Denial;
import rekindle.facts.Channel;

/**
 * One line of what a scenario expects of a channel: {@code email: allow opt_out_regime US-E-1};
 * {@code sms: deny consent_missing, quiet_hours until 2026-11-24T13:00:00Z}, with all codes of the
 * channel and, where looked at, {@code by} the rules, {@code until} the latest end, {@code on} the
 * ground that stands all the same.
 *
 * @param codes sorted codes of all denials, joined; null where the channel is to be allowed
 * @param rules sorted rules of all denials, joined; null where not looked at
 * @param until an instant or {@code never}; null where not looked at
 * @param ground basis and rule of what permits; null where not looked at
 */
record ChannelExpectation(
    Channel channel,
    @Nullable String codes,
    @Nullable String rules,
    @Nullable String until,
    @Nullable String ground) {
  static final String FORM =
      "sms: deny code, code until instant; or email: allow basis rule; with a comma and a blank"
          + " between codes";
  private static final String CODES = "[a-z0-9_]+(?:, [a-z0-9_]+)*";
  private static final String RULES = "[^\\s,]+(?:, [^\\s,]+)*";
  private static final Pattern LINE =
      Pattern.compile(
          "(?<channel>[a-z_]+): (?:allow (?<basis>[a-z0-9_]+ [^\\s,]+)|deny (?<codes>"
              + CODES
              + ")(?: by (?<rules>"
              + RULES
              + "))?(?: until (?<until>[^\\s,]+))?(?: on (?<ground>[a-z0-9_]+ [^\\s,]+))?)");

  /** Reads a line; empty where it cannot be read. */
  static Optional<ChannelExpectation> read(String line) {
    var parts = LINE.matcher(line);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Optional<Channel> channel = Channel.of(parts.group("channel"));
    String until = parts.group("until");
    Optional<String> moment = until == null ? Optional.empty() : Moments.read(until);
    if (channel.isEmpty() || (until != null && moment.isEmpty())) {
      return Optional.empty();
    }
    String basis = parts.group("basis");
    return Optional.of(
        new ChannelExpectation(
            channel.get(),
            sorted(parts.group("codes")),
            sorted(parts.group("rules")),
            moment.orElse(null),
            basis != null ? basis : parts.group("ground")));
  }

  String expected() {
    return codes == null ? spelled(null, null, null, ground) : spelled(codes, rules, until, ground);
  }

  /** The same channel of a decision, with the same parts. */
  String found(Decision decision) {
    Decision.ChannelAnswer answer = decision.channels().get(channel);
    if (answer == null) {
      return channel.code() + ": missing";
    }
    String stands = Found.orNone(answer.basis()) + " " + Found.orNone(answer.rule());
    if (answer.allowed()) {
      return spelled(null, null, null, stands);
    }
    List<Denial> denials = answer.denials();
    return spelled(
        Found.sorted(denials.stream().map(Denial::code)),
        rules == null ? null : Found.sorted(denials.stream().map(Denial::rule)),
        until == null ? null : Found.until(denials),
        ground == null ? null : stands);
  }

  private String spelled(
      @Nullable String codes,
      @Nullable String rules,
      @Nullable String until,
      @Nullable String ground) {
    String name = channel.code() + ": ";
    return codes == null
        ? name + "allow " + ground
        : name
            + "deny "
            + codes
            + (rules == null ? "" : " by " + rules)
            + (until == null ? "" : " until " + until)
            + (ground == null ? "" : " on " + ground);
  }

  private static @Nullable String sorted(@Nullable String list) {
    return list == null
        ? null
        : List.of(list.split(", ", -1)).stream().sorted().collect(Collectors.joining(", "));
  }
}

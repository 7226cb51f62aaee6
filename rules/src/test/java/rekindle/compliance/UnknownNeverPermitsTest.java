package rekindle.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import rekindle.compliance.Question.Without;
import rekindle.decision.Decision;
import rekindle.facts.Channel;

/**
 * Who knows less never may more: leaving out one fact opens no channel, unless the fact only ever
 * spoke against the person.
 */
class UnknownNeverPermitsTest {
  /** Of each, every fact is left out once: about seventy decisions. */
  private static final int FACTS = Integer.getInteger("rekindle.unknowns", 500);

  private static final int SHOWN = 5;

  /**
   * Facts that only speak against a contact, and of which the contract says that their absence
   * means that there is none: leaving one out is to vouch that it never was.
   */
  private static final List<Pattern> SPEAK_AGAINST =
      Stream.of(
              // A no: said, written down, or a consent taken back (and the consent with it).
              "/suppressions(/\\d+)?",
              "/responses(/\\d+(/disposition)?)?",
              "/contact/doNotContactScope(/\\d+)?",
              "/contact/globalPrivacyControl",
              "/consents/\\d+/withdrawnAt",
              // What has been sent counts for caps; the caller vouches for the list.
              "/touches(/\\d+)?",
              // A complaint under way, a channel that rests.
              "/history(/openEscalation)?",
              "/channelHealth(/\\w+)?",
              // Only bought and harvested lists, and trades where canvassing is banned, count.
              "/contact/source",
              "/contact/program",
              // No subscription and no order mean none, and who bought long ago, or at no known
              // time, is a former customer, of a value tier that may be called.
              "/lifecycle(/subscription|/orders(/lastPurchaseAt)?)?",
              // A candidate zone only narrows the hours.
              "/contact/timeZones(/\\d+)?")
          .map(Pattern::compile)
          .toList();

  /** XX-0 says itself what an unknown country permits, which in some places is more. */
  private static final Pattern EVERY_PLACE = Pattern.compile("/contact/jurisdictions(/0)?");

  @Test
  void oneFactLeftOut_opensNoChannel() {
    List<String> opened =
        LongStream.range(0, FACTS)
            .parallel()
            .mapToObj(FactsGenerator::question)
            .flatMap(UnknownNeverPermitsTest::opened)
            .toList();
    assertThat(opened.stream().limit(SHOWN)).as("%s channels opened", opened.size()).isEmpty();
  }

  private static Stream<String> opened(Question question) {
    Decision before = EngineAnswers.decide(question);
    return question.withoutEach().stream()
        .filter(without -> !speaksAgainst(without, question))
        .flatMap(
            without -> {
              Decision after = EngineAnswers.decide(without.question());
              return Channel.ALL.stream()
                  .filter(channel -> !allowed(before, channel) && allowed(after, channel))
                  .map(channel -> shown(channel, without, question, before));
            });
  }

  private static boolean speaksAgainst(Without without, Question question) {
    String path = without.path();
    // A place only narrows what all candidates must allow; a withdrawn consent is a no.
    boolean withdrawn =
        path.matches("/consents(/\\d+)?")
            && question.facts().at(path).findValue("withdrawnAt") != null;
    boolean reassigned =
        path.matches("/registry(/reassigned)?")
            && question.facts().at("/registry/reassigned/answer").asText().equals("yes");
    boolean oneOfSeveral =
        path.matches("/contact/jurisdictions/\\d+")
            && question.facts().at("/contact/jurisdictions").size() > 1;
    return withdrawn
        || reassigned
        || oneOfSeveral
        || EVERY_PLACE.matcher(path).matches()
        || SPEAK_AGAINST.stream().anyMatch(pattern -> pattern.matcher(path).matches());
  }

  private static String shown(
      Channel channel, Without without, Question question, Decision before) {
    return "%s opens without %s at %s: %s%n  before: %s"
        .formatted(
            channel.code(),
            without.path(),
            question.asOf(),
            question.facts(),
            Objects.requireNonNull(before.channels().get(channel)).denials());
  }

  private static boolean allowed(Decision decision, Channel channel) {
    return Objects.requireNonNull(decision.channels().get(channel)).allowed();
  }
}

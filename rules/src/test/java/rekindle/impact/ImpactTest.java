package rekindle.impact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import rekindle.facts.Channel;
import rekindle.impact.Change.Kind;
import rekindle.json.CanonicalJson;

class ImpactTest {
  private static final Instant AS_OF = Instant.parse("2026-03-10T15:00:00Z");
  private static final Source GROUND =
      new Source("ground", Channel.EMAIL, "opt_out_regime", "eligibility/Consent!16", "US-E-1");
  private static final Source DENIAL =
      new Source("denial", Channel.EMAIL, "consent_missing", "eligibility/Consent!20", "US-E-9");
  private static final Source DUE =
      new Source("reason", null, "step_due", "cadence/Steps!19", "stalled-2");
  private static final Source NO_CHANNEL =
      new Source("reason", null, "no_channel_left", "cadence/Steps!19", "stalled-2");

  private static final Outcome TOUCHED =
      new Outcome(
          "touch", "stalled", "email", "stalled 2", null, EnumSet.of(Channel.EMAIL), Map.of(), 1);
  private static final Outcome SUPPRESSED =
      new Outcome(
          "suppress",
          "stalled",
          null,
          null,
          null,
          Set.of(),
          Map.of(Channel.EMAIL, List.of("consent_missing")),
          1);
  private static final Outcome LATER =
      new Outcome(
          "touch", "stalled", "email", "stalled 2", null, EnumSet.of(Channel.EMAIL), Map.of(), 2);

  private static Impact.Case about(String contact) {
    return new Impact.Case(contact, "d-" + contact, AS_OF, "b2b_saas");
  }

  private static void becomesContactable(Impact impact, Impact.Case about) {
    impact.add(
        about, SUPPRESSED, TOUCHED, () -> List.of(DENIAL, NO_CHANNEL), () -> List.of(GROUND, DUE));
  }

  private static void becomesUnreachable(Impact impact, Impact.Case about) {
    impact.add(
        about, TOUCHED, SUPPRESSED, () -> List.of(GROUND, DUE), () -> List.of(DENIAL, NO_CHANNEL));
  }

  private static void add(Impact impact, Impact.Case about, Outcome before, Outcome after) {
    impact.add(about, before, after, List::of, List::of);
  }

  private static String json(Impact impact) {
    return new String(impact.toBytes(), StandardCharsets.UTF_8);
  }

  private static Outcome inSegment(int number) {
    return new Outcome("wait", "s" + number, null, null, null, Set.of(), Map.of(), 0);
  }

  /** Adds what is given in a random order to several parts, and merges them in any order. */
  private static Impact inAnyOrder(List<Consumer<Impact>> added, long seed) {
    var random = new Random(seed);
    var shuffled = new ArrayList<>(added);
    Collections.shuffle(shuffled, random);
    List<Impact> parts = List.of(new Impact(), new Impact(), new Impact());
    shuffled.forEach(one -> one.accept(parts.get(random.nextInt(3))));
    var whole = new Impact();
    parts.forEach(whole::merge);
    return whole;
  }

  @Test
  void person_whoBecomesContactable_standsFirstWithTheRowsOnBothSides() {
    var impact = new Impact();
    becomesContactable(impact, about("c-1"));
    add(impact, about("c-2"), TOUCHED, TOUCHED);

    assertThat(impact.changed(Kind.NEWLY_CONTACTABLE)).isEqualTo(1);
    assertThat(impact.changed(Kind.NEWLY_NOT_CONTACTABLE)).isZero();
    assertThat(json(impact))
        .startsWith("{\"changed\":1,\"changes\":[{\"decisions\":1,\"kind\":\"newly_contactable\"")
        .contains("{\"changed\":1,\"decided\":2,\"segment\":\"stalled\"}");
    assertThat(ImpactText.of("Recorded decisions", impact))
        .startsWith(
            """
            Recorded decisions: 2 compared
                    1  change, 50.0 %
                    1  stay the same

            NEWLY CONTACTABLE: 1
                    1  suppress -> touch
                       for example c-1, decision d-c-1, as of 2026-03-10T15:00:00Z
                         before  reason no_channel_left  cadence/Steps!19 (stalled-2)
                         before  email denial consent_missing  eligibility/Consent!20 (US-E-9)
                         after   reason step_due  cadence/Steps!19 (stalled-2)
                         after   email ground opt_out_regime  eligibility/Consent!16 (US-E-1)
                    1  email: denied -> allowed
                       for example c-1, decision d-c-1, as of 2026-03-10T15:00:00Z
                         before  email denial consent_missing  eligibility/Consent!20 (US-E-9)
                         before  reason no_channel_left  cadence/Steps!19 (stalled-2)
                         after   email ground opt_out_regime  eligibility/Consent!16 (US-E-1)
                         after   reason step_due  cadence/Steps!19 (stalled-2)

            NEWLY NOT CONTACTABLE: 0

            Verdict: 1
            """);
  }

  @Test
  void outcomes_thatDifferInNothingThatCounts_areDetails() {
    var impact = new Impact();
    add(impact, about("c-1"), TOUCHED, LATER);
    add(impact, about("c-2"), TOUCHED, TOUCHED);
    assertThat(impact.changed()).isZero();
    assertThat(json(impact)).contains("\"decided\":2,\"detailsOnly\":1");
  }

  @Test
  void decisions_inWhateverOrder_giveTheSameReport() {
    var added = new ArrayList<Consumer<Impact>>();
    for (int i = 0; i < 400; i++) {
      Impact.Case about = about("c-" + i % 150);
      boolean forth = i % 3 == 0;
      added.add(
          i % 7 == 0
              ? impact -> add(impact, about, TOUCHED, TOUCHED)
              : forth
                  ? impact -> becomesContactable(impact, about)
                  : impact -> becomesUnreachable(impact, about));
    }
    String first = json(inAnyOrder(added, 1));
    assertThat(json(inAnyOrder(added, 2))).isEqualTo(first);
    Impact read = ImpactReader.read(first.getBytes(StandardCharsets.UTF_8));
    assertThat(json(read)).isEqualTo(first);
    assertThat(ImpactText.of("All", read)).isEqualTo(ImpactText.of("All", inAnyOrder(added, 3)));
  }

  @Test
  void lines_beyondTheBound_areCountedTogetherAndDoNotDependOnTheOrder() {
    var added = new ArrayList<Consumer<Impact>>();
    for (int i = 0; i < 4 * Section.LINES_MAX; i++) {
      Impact.Case about = about("c-" + i);
      int number = i % (2 * Section.LINES_MAX);
      added.add(impact -> add(impact, about, inSegment(number), inSegment(number + 1)));
    }
    Impact whole = inAnyOrder(added, 1);
    Section segments = whole.section(Kind.SEGMENT);
    assertThat(segments.lines()).hasSize(Section.LINES_MAX);
    assertThat(segments.lines()).allMatch(line -> line.getValue().count == 2);
    assertThat(segments.others).isEqualTo(2 * Section.LINES_MAX);
    assertThat(whole.segments.tallies()).hasSize(Groups.GROUPS_MAX);
    Impact other = inAnyOrder(added, 2);
    assertThat(other.section(Kind.SEGMENT).lines().stream().map(line -> line.getKey()))
        .isEqualTo(segments.lines().stream().map(line -> line.getKey()).toList());
    var few = new CanonicalJson();
    whole.write(few, 3);
    Impact read = ImpactReader.read(few.toBytes());
    assertThat(read.section(Kind.SEGMENT).lines()).hasSize(3);
    assertThat(read.section(Kind.SEGMENT).others).isEqualTo(4 * Section.LINES_MAX - 6);
  }
}

package rekindle.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import rekindle.facts.Channel;
import rekindle.reply.ReplyReader.Reading;

/** What people write to be left alone is caught, and what only looks so is not. */
class OptOutsTest {
  private static final int TEXTS = 20_000;
  private static final Set<String> NOES =
      Set.of(
          "opt_out",
          "opt_out_all",
          "unclear_opt_out",
          "complaint",
          "legal_threat",
          "not_interested",
          "wrong_person");

  private static Reading read(String text, Channel channel) {
    return ShippedReplies.READER.read(text, channel, List.of(), ShippedReplies.AT);
  }

  @Test
  void everyVariant_isCaught_andEndsWhatItMust() throws IOException {
    List<String> lines = OrdinaryMessagesTest.lines(OrdinaryMessagesTest.resource("opt-outs.tsv"));
    var missed = new ArrayList<String>();
    for (String line : lines) {
      String[] cells = line.split("\t", -1);
      Channel channel = Channel.of(cells[1]).orElseThrow();
      Reading reading = read(cells[0].replace("\\n", "\n"), channel);
      Set<String> ends =
          ShippedReplies.EFFECTS
              .of(reading.meaning(), channel, ShippedReplies.AT)
              .map(effect -> (Set<String>) new TreeSet<>(effect.ends()))
              .orElse(Set.of());
      if (!ends.equals(new TreeSet<>(List.of(cells[2].split(" "))))) {
        missed.add(line + "\t-> " + reading + " " + ends);
      }
    }
    System.out.println(lines.size() + " ways of saying no, missed: " + missed.size());
    assertThat(missed).isEmpty();
    assertThat(lines).hasSizeGreaterThan(250);
  }

  @Test
  void textsThatOnlyLookSo_areNoNoes() throws IOException {
    List<String> lines =
        OrdinaryMessagesTest.lines(OrdinaryMessagesTest.resource("no-opt-outs.txt"));
    assertThat(lines).hasSizeGreaterThan(100);
    assertThat(lines.stream().filter(line -> NOES.contains(read(line, Channel.SMS).meaning())))
        .isEmpty();
  }

  @Test
  void quotedMessage_ofAnEmail_doesNotSpeakForThePerson() {
    String reply =
        "Sounds great, let us talk.\n\nOn Tue, 3 Mar 2026, Acme <a@example.com> wrote:\n"
            + "> To unsubscribe answer STOP.\n";
    assertThat(read(reply, Channel.EMAIL).meaning()).isEqualTo("positive");
    assertThat(read("-- \nunsubscribe", Channel.EMAIL).meaning()).isEqualTo("unclear");
    assertThat(read("Von: Acme\nGesendet: heute\nunsubscribe", Channel.EMAIL).meaning())
        .isEqualTo("unclear");
  }

  @Test
  void languageOfThePerson_neverKeepsOutAKeyword() {
    assertThat(
            ShippedReplies.READER
                .read("STOP", Channel.SMS, List.of("pt-BR"), ShippedReplies.AT)
                .meaning())
        .isEqualTo("opt_out");
  }

  @Test
  void meanings_ofDoubt_arePutBeforeAPerson() {
    Reading doubt = read("can you stop", Channel.SMS);
    assertThat(doubt.meaning()).isEqualTo("unclear_opt_out");
    assertThat(doubt.review()).isTrue();
    assertThat(doubt.row()).startsWith("replies/Phrases!");
    assertThat(read("STOP", Channel.SMS).review()).isFalse();
    Reading brief = read("stop u idiots", Channel.SMS);
    assertThat(brief.meaning()).isEqualTo("unclear_opt_out");
    assertThat(brief.review()).isTrue();
    Reading longer =
        read("and when will all of that stop, I wonder, since it is late", Channel.SMS);
    assertThat(longer.meaning()).isEqualTo("unclear");
    assertThat(longer.review()).isTrue();
    assertThat(read("see you on Monday", Channel.SMS).review()).isFalse();
  }

  @Test
  void anyText_isRead() {
    var random = new Random(6);
    for (int i = 0; i < TEXTS; i++) {
      var text = new StringBuilder();
      for (int j = random.nextInt(40); j > 0; j--) {
        text.appendCodePoint(
            random.nextInt(4) == 0
                ? random.nextInt(0x10FFFF + 1)
                : "stop no\n>.-:'".charAt(random.nextInt(13)));
      }
      assertThat(read(text.toString(), Channel.ALL.get(random.nextInt(6))).meaning()).isNotNull();
    }
    assertThat(read("stop ".repeat(200_000), Channel.EMAIL).meaning()).isEqualTo("opt_out");
    assertThat(read("a ".repeat(200_000), Channel.EMAIL).meaning()).isEqualTo("unclear");
  }
}

package rekindle.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import rekindle.facts.Channel;
import rekindle.reply.ReplyReader.Reading;

/**
 * The 4,827 ordinary messages of the SMS Spam Collection, read by the shipped tables: the only ones
 * that end anything are those that truly ask, decline, or say that the number is wrong.
 */
class OrdinaryMessagesTest {
  private static final Set<String> ENDING =
      Set.of("opt_out", "opt_out_all", "unclear_opt_out", "complaint", "legal_threat");

  static List<String> lines(InputStream in) throws IOException {
    try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> !line.startsWith("# ")).toList();
    }
  }

  static InputStream resource(String name) {
    return Objects.requireNonNull(OrdinaryMessagesTest.class.getResourceAsStream(name), name);
  }

  @Test
  void messages_thatAskForNothing_endNothing() throws IOException {
    List<String> messages = lines(new GZIPInputStream(resource("ordinary-messages.txt.gz")));
    Map<String, Integer> counts = new TreeMap<>();
    Map<String, List<String>> found = new TreeMap<>();
    int reviewed = 0;
    for (String message : messages) {
      Reading reading =
          ShippedReplies.READER.read(message, Channel.SMS, List.of(), ShippedReplies.AT);
      String meaning = reading.meaning();
      reviewed += reading.review() ? 1 : 0;
      counts.merge(meaning, 1, Integer::sum);
      found.computeIfAbsent(meaning, code -> new ArrayList<>()).add(message);
    }
    System.out.println(
        messages.size() + " ordinary messages: " + counts + ", for a person: " + reviewed);
    var asking = new ArrayList<String>();
    ENDING.forEach(meaning -> asking.addAll(found.getOrDefault(meaning, List.of())));
    assertThat(messages).hasSize(4827);
    assertThat(reviewed).isLessThan(messages.size() / 100);
    assertThat(asking)
        .satisfiesExactlyInAnyOrder(
            one -> assertThat(one).startsWith("Please don't text me anymore."),
            one -> assertThat(one).contains("Please do not contact me again or I will report you"),
            one -> assertThat(one).contains("dont call me.i will wait till i come"));
    assertThat(found.get("not_interested"))
        .containsExactlyInAnyOrder(
            "Am not interested to do like that.",
            "C movie is juz last minute decision mah. Juz watch 2 lar but i tot ü not interested.");
    assertThat(found.get("wrong_person")).containsExactly("I think u have the wrong number.");
  }
}

package rekindle.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rekindle.facts.Channel;

/** Whoever wants to go on is heard, and no doubt is taken for a yes. */
class PositiveRepliesTest {
  private static String read(String text) {
    return ShippedReplies.READER.read(text, Channel.EMAIL, List.of(), ShippedReplies.AT).meaning();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Yes",
        "Yes, I'm interested. Please call me.",
        "Hi Anna, thanks for asking. I'm interested. Best, Tom",
        "Sounds great, let us talk.",
        "We moved in June.\nPlease call me back!",
        "Could you send details? I'd like to know more.",
        "Hallo, ich bin interessiert. Bitte rufen Sie mich an.",
        "Bonjour, je suis intéressée. Rappelez-moi.",
        "Sí, me interesa. Llámeme mañana.",
      })
  void wishToGoOn_inOneSentenceOfSeveral_isPositive(String text) {
    assertThat(read(text)).isEqualTo("positive");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Please call me. And take me off your mailing list.",
        "Call me back, or rather do not.",
        "I'm interested. What I want is that you never write again.",
        "No, call me back when it costs less.",
        "Please call me and then stop writing to me.",
        "Out of office: I am on leave. Please call me in June.",
        "Ich bin interessiert. Aber nicht an Ihnen.",
      })
  void doubt_isNoYes(String text) {
    assertThat(read(text)).isNotEqualTo("positive");
  }
}

package rekindle.service.optout;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;

/** What the active release says of replies and noes. */
public interface OptOutRules {
  /** Ends every channel. */
  String ALL = "all";

  /**
   * Those of the channel on which a no came; of all where that has none, or came on none of ours.
   */
  static List<Deadline> ofChannel(List<Deadline> deadlines, @Nullable String channel) {
    List<Deadline> own =
        deadlines.stream().filter(deadline -> deadline.channel().equals(channel)).toList();
    return own.isEmpty() ? deadlines : own;
  }

  /**
   * What a text means.
   *
   * @param review whether a person should read it
   * @param row the row that says so, as in decisions
   */
  record Meaning(String code, boolean review, @Nullable String row, @Nullable String rule) {}

  /**
   * What follows from a meaning.
   *
   * @param ends channels, or {@link #ALL} alone; empty if none
   * @param reason of the suppression; null if nothing ends
   * @param forAddress whether it holds for the address that it came from and not for the person
   * @param disposition of the response; null where the meaning has none
   * @param row the row that says so; null where none does, and doubt decides
   */
  record Effect(
      List<String> ends,
      @Nullable String reason,
      boolean forAddress,
      @Nullable String disposition,
      @Nullable String row,
      @Nullable String rule) {}

  /**
   * By when a no must have been obeyed.
   *
   * @param legal the first instant at which the law is broken
   * @param strict the same with no holiday skipped
   */
  record Deadline(String row, String rule, String channel, Instant legal, Instant strict) {}

  /**
   * @param channel on which the text came; null if on none of ours
   * @param language BCP 47; null if it is not known
   */
  Meaning read(String text, @Nullable Channel channel, @Nullable String language, Instant at);

  /**
   * @param channel on which it was said; null if on none of ours
   */
  Effect effect(String meaning, @Nullable Channel channel, Instant at);

  /**
   * @param ends channels, or {@link #ALL}
   * @param zones candidates of the person; empty: those of the jurisdictions
   */
  List<Deadline> deadlines(
      Instant received, List<String> ends, List<String> jurisdictions, List<String> zones);
}

package rekindle.service.optout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.calendar.LocalClock;
import rekindle.eligibility.RevocationDeadlines;
import rekindle.facts.Channel;
import rekindle.policy.Release;
import rekindle.reply.ReplyEffects;
import rekindle.reply.ReplyReader;
import rekindle.service.decide.Engines;

/** The tables of replies, effects and deadlines of the release that is active. Thread-safe. */
public final class ReleaseOptOutRules implements OptOutRules {
  /** What a no ends of which no row says what it ends: doubt never permits. */
  private static final Effect EVERYTHING =
      new Effect(List.of(ALL), "opt_out", false, "negative", null, null);

  private static final Effect NOTHING = new Effect(List.of(), null, false, null, null, null);

  private static final Set<String> NO_NOES =
      Set.of("positive", "automatic", "help", "start", "unclear");

  private final Engines engines;
  private volatile @Nullable Tables tables;

  public ReleaseOptOutRules(Engines engines) {
    this.engines = engines;
  }

  /** What is made of one release once. */
  private record Tables(
      Release release, ReplyReader replies, ReplyEffects effects, RevocationDeadlines deadlines) {}

  private Tables tables() {
    Tables known = tables;
    if (known != null && known.release().id().equals(engines.active())) {
      return known;
    }
    try (Engines.Lease lease = engines.lease(null)) {
      Release release = lease.engine().release();
      var made =
          new Tables(
              release,
              new ReplyReader(release),
              new ReplyEffects(release),
              new RevocationDeadlines(release));
      tables = made;
      return made;
    }
  }

  @Override
  public Meaning read(
      String text, @Nullable Channel channel, @Nullable String language, Instant at) {
    ReplyReader.Reading reading =
        tables()
            .replies()
            .read(text, channel, language == null ? List.of() : List.of(language), at);
    return new Meaning(reading.meaning(), reading.review(), reading.row(), reading.rule());
  }

  @Override
  public Effect effect(String meaning, @Nullable Channel channel, Instant at) {
    return tables()
        .effects()
        .of(meaning, channel, at)
        .map(
            effect ->
                new Effect(
                    effect.ends(),
                    effect.reason(),
                    effect.forAddress(),
                    effect.disposition(),
                    effect.row(),
                    effect.rule()))
        .orElse(NO_NOES.contains(meaning) ? NOTHING : EVERYTHING);
  }

  @Override
  public List<Deadline> deadlines(
      Instant received, List<String> ends, List<String> jurisdictions, List<String> zones) {
    Tables of = tables();
    Release release = of.release();
    var clock =
        new LocalClock(
            release
                .zones()
                .distinct(zones.isEmpty() ? release.places().zonesOf(jurisdictions) : zones));
    var found = new ArrayList<Deadline>();
    for (Channel channel : channels(ends)) {
      for (RevocationDeadlines.Deadline deadline :
          of.deadlines().of(received, channel, jurisdictions, clock)) {
        found.add(
            new Deadline(
                deadline.hit().reference(),
                deadline.hit().rule(),
                channel.code(),
                deadline.legal(),
                deadline.strict()));
      }
    }
    return found;
  }

  private static Set<Channel> channels(List<String> ends) {
    Set<Channel> channels = new LinkedHashSet<>();
    for (Channel channel : Channel.ALL) {
      if (ends.contains(ALL) || ends.contains(channel.code())) {
        channels.add(channel);
      }
    }
    return channels;
  }
}

package rekindle.reply;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.policy.Release;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/** What follows from a meaning, by the rows of Effects. Thread-safe. */
public final class ReplyEffects {
  private final TypedTable table;

  public ReplyEffects(Release release) {
    table = release.table(ReplyTables.EFFECTS);
  }

  /**
   * What follows.
   *
   * @param ends channels, or {@code all}; empty for nothing
   * @param reason a suppression's; null for nothing
   * @param forAddress whether it holds for the address that it came from, and not for the person
   * @param disposition of the response; null where the meaning has none
   * @param row the row that says so, as decisions name it
   */
  public record Effect(
      List<String> ends,
      @Nullable String reason,
      boolean forAddress,
      @Nullable String disposition,
      String row,
      String rule) {
    public Effect {
      ends = List.copyOf(ends);
    }
  }

  /**
   * What follows from a meaning; empty if no row says so.
   *
   * @param channel on which it was said; null if on none of ours: then what follows on each
   *     together
   * @param at when it was said, for rows with dates
   */
  public Optional<Effect> of(String meaning, @Nullable Channel channel, Instant at) {
    LocalDate date = at.atOffset(ZoneOffset.UTC).toLocalDate();
    List<TypedRow> rows =
        table.rows().stream()
            .filter(row -> row.inForceOn(date) && row.codes("meaning").contains(meaning))
            .filter(row -> channel == null || row.codes("channel").contains(channel.code()))
            .toList();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    TypedRow first = rows.get(0);
    Set<String> ends = new LinkedHashSet<>();
    (channel == null ? rows : List.of(first)).forEach(row -> ends.addAll(row.codes("ends")));
    return Optional.of(
        new Effect(
            ends.contains("all") ? List.of("all") : List.copyOf(ends),
            first.code("reason").orElse(null),
            first.code("holdsFor").orElse("person").equals("address"),
            first.code("disposition").orElse(null),
            table.reference(first),
            first.id()));
  }
}

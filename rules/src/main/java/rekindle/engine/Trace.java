package rekindle.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision.TraceEntry;
import rekindle.eligibility.ChannelState;
import rekindle.eligibility.Eligibility;
import rekindle.rule.Hit;
import rekindle.segment.Standing;

/** Collects the rows that decided, stage by stage, each once for what it decided. */
final class Trace {
  private final Map<TraceEntry, Boolean> entries = new LinkedHashMap<>();

  void add(String stage, Hit hit) {
    add(stage, hit, hit.set());
  }

  void add(String stage, Hit hit, Map<String, @Nullable Object> set) {
    entries.put(new TraceEntry(stage, hit.reference(), hit.rule(), set), true);
  }

  void standing(Standing standing) {
    add("segment", standing.segmentRow());
    add("group", standing.groupRow());
    add("tier", standing.tierRow());
    add("cohort", standing.cohortRow());
  }

  void eligibility(Eligibility eligibility) {
    for (ChannelState state : eligibility.channels().values()) {
      state.lookups().forEach(hit -> add("consent", hit));
    }
    for (ChannelState state : eligibility.channels().values()) {
      state.denials().forEach(barrier -> add("denial", barrier.hit()));
    }
  }

  List<TraceEntry> entries() {
    return new ArrayList<>(entries.keySet());
  }
}

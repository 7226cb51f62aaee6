package rekindle.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision.TraceEntry;
import rekindle.eligibility.ChannelState;
import rekindle.eligibility.Eligibility;
import rekindle.rule.Hit;
import rekindle.segment.Standing;

/** Collects the rows that decided, stage by stage, each once for what it decided. */
final class Trace {
  private final List<TraceEntry> entries = new ArrayList<>();
  private String stage = "";
  private final Set<Hit> ofStage = new HashSet<>();

  void add(String name, Hit hit) {
    add(name, hit, hit.set());
  }

  void add(String name, Hit hit, Map<String, @Nullable Object> set) {
    if (!name.equals(stage)) {
      stage = name;
      ofStage.clear();
    }
    if (ofStage.add(hit)) {
      entries.add(new TraceEntry(name, hit.reference(), hit.rule(), set));
    }
  }

  void standing(Standing standing) {
    add("segment", standing.segmentRow());
    add("group", standing.groupRow());
    add("tier", standing.tierRow());
    add("cohort", standing.cohortRow());
  }

  void eligibility(Eligibility eligibility) {
    for (ChannelState state : eligibility.channels()) {
      for (Hit hit : state.lookups()) {
        add("consent", hit);
      }
    }
    for (ChannelState state : eligibility.channels()) {
      for (ChannelState.Barrier barrier : state.denials()) {
        add("denial", barrier.hit());
      }
    }
  }

  List<TraceEntry> entries() {
    return entries;
  }
}

package rekindle.service.schedule;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Jdbi;
import rekindle.code.Vocabulary;
import rekindle.facts.Vocabularies;
import rekindle.service.decide.Engines;
import rekindle.service.store.Stops;

/** What a kill switch may name: whatever is known here, so that no slip stops nothing. */
public final class StopNames {
  private final Jdbi jdbi;
  private final Engines engines;

  public StopNames(Jdbi jdbi, Engines engines) {
    this.jdbi = jdbi;
    this.engines = engines;
  }

  /** Sequences of the releases in use, and those that somebody is in. */
  public Vocabulary sequences() {
    var names = new TreeSet<>(engines.codes("sequence"));
    names.addAll(jdbi.withHandle(Stops::openSequences));
    return vocabulary("sequence", names);
  }

  /** Programs that the releases in use know, and those of contacts. */
  public Vocabulary programs() {
    var names = new TreeSet<>(Vocabularies.PROGRAM.codes());
    names.addAll(engines.codes("program"));
    names.addAll(jdbi.withHandle(Stops::programs));
    return vocabulary("program", names);
  }

  private static Vocabulary vocabulary(String name, Collection<String> codes) {
    var meanings = new LinkedHashMap<String, String>();
    codes.forEach(code -> meanings.put(code, code));
    return new Vocabulary(name, meanings, false);
  }
}

package rekindle.service.intake;

import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;
import rekindle.facts.ContactFacts;

/** Files that tell facts. */
public interface FactsSource {
  /**
   * Reads the files once and hands out the facts of each contact, in an order that depends on the
   * files alone.
   *
   * @param asOf the instant that the facts are for; what the files date later is not known yet
   * @param log takes what is wrong in the files; the rest of them is read all the same
   * @param sink takes one contact after another
   * @throws IOException if a file cannot be opened or read at all
   */
  void read(Instant asOf, IntakeLog log, Consumer<ContactFacts> sink) throws IOException;
}

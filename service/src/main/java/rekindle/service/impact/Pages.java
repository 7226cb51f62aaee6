package rekindle.service.impact;

import java.util.Optional;
import rekindle.impact.Impact;

/** Decisions to compare, a page at a time. Confined to one thread at a time. */
interface Pages {
  /** The next page; empty after the last one. */
  Optional<Page> next();

  /** Some of them. Confined to one thread. */
  interface Page {
    int size();

    /** Decides again and compares. */
    void tally(Impact into);
  }
}

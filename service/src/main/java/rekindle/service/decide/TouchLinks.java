package rekindle.service.decide;

import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;

/** The link by which the person of a touch can end what it belongs to. */
public interface TouchLinks {
  /** No touch carries a link. */
  TouchLinks NONE = decision -> null;

  /** Null if the decision's touch carries none. */
  @Nullable String of(Decision decision);
}

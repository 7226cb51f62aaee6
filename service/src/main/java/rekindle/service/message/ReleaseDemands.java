package rekindle.service.message;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rekindle.calendar.LocalClock;
import rekindle.eligibility.RequiredElements;
import rekindle.eligibility.RequiredElements.Required;
import rekindle.facts.Channel;
import rekindle.policy.Release;
import rekindle.service.decide.Engines;

/** What the active release demands. Thread-safe. */
public final class ReleaseDemands implements Demands {
  private final Engines engines;
  private volatile @Nullable Tables tables;

  public ReleaseDemands(Engines engines) {
    this.engines = engines;
  }

  private record Tables(Release release, RequiredElements elements) {
    Tables(Release release) {
      this(release, new RequiredElements(release));
    }
  }

  private Tables tables() {
    Tables known = tables;
    if (known != null && known.release().id().equals(engines.active())) {
      return known;
    }
    try (Engines.Lease lease = engines.lease(null)) {
      var made = new Tables(lease.engine().release());
      tables = made;
      return made;
    }
  }

  @Override
  public List<Required> of(Channel channel, List<String> jurisdictions, Instant at) {
    Tables of = tables();
    Release release = of.release();
    var clock = new LocalClock(release.zones().distinct(release.places().zonesOf(jurisdictions)));
    return of.elements().of(channel, jurisdictions, clock.dates(at));
  }
}

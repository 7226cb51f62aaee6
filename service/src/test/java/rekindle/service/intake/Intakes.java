package rekindle.service.intake;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.store.ContactReader;
import rekindle.service.store.ContactStore;
import rekindle.service.store.FactsStore;
import rekindle.service.store.Identities;

/** Everything that takes contacts in, on a test's database. */
public final class Intakes {
  public final Jdbi jdbi;
  public final TimeOrderedIds ids = new TimeOrderedIds(InstantSource.system());
  public final ContactStore store;
  public final ContactReader reader;
  public final FactsStore facts;
  public final ImportJobs jobs;
  public final Import imports;
  public final ContactIntake contacts;

  /**
   * @param keyFile keys of identifiers; made if there is none
   */
  public Intakes(Jdbi jdbi, Path keyFile) {
    this.jdbi = jdbi;
    Identities identities = Identities.open(jdbi, keyFile);
    store = new ContactStore(identities, UUID::randomUUID);
    reader = new ContactReader(identities);
    facts = new FactsStore(jdbi);
    jobs = new ImportJobs(jdbi);
    imports = new Import(jdbi, store, jobs, ids);
    contacts = new ContactIntake(store);
  }
}

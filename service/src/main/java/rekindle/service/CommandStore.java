package rekindle.service;

import java.time.InstantSource;
import rekindle.service.command.ImportCommand;
import rekindle.service.database.Database;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.intake.Import;
import rekindle.service.intake.ImportJobs;
import rekindle.service.store.ContactStore;
import rekindle.service.store.Identities;

/** The store for one command: that of the service, if it runs on the same data folder. */
final class CommandStore implements ImportCommand.OpenStore {
  private final Database database;
  private final Import imports;

  CommandStore(RekindleConfiguration configuration, InstantSource clock) {
    database = Database.forCommand(configuration.databaseLocation());
    boolean usable = false;
    try {
      var ids = new TimeOrderedIds(clock);
      var contacts =
          new ContactStore(
              Identities.open(database.jdbi(), configuration.identityKeys()), ids::next);
      imports = new Import(database.jdbi(), contacts, new ImportJobs(database.jdbi()), ids);
      usable = true;
    } finally {
      if (!usable) {
        database.close();
      }
    }
  }

  @Override
  public Import imports() {
    return imports;
  }

  @Override
  public void close() {
    database.close();
  }
}

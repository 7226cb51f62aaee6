package rekindle.service.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rekindle.facts.ContactFacts;
import rekindle.facts.FactsWriter;
import rekindle.service.database.TestDatabase;
import rekindle.service.intake.ImportJob.State;

/** The sample of a CRM, file by file, into a real database and out as facts. */
class ImportSampleTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static ImportStage stage;

  @BeforeAll
  static void importSample(@TempDir Path keys) throws IOException {
    stage = new ImportStage(DATABASE, keys);
    for (ImportJob job : importAll()) {
      assertThat(job.state()).isEqualTo(State.DONE);
      assertThat(job.counts().read()).as(job.type()).isPositive();
      assertThat(job.counts().changed()).as(job.type()).isPositive();
      assertThat(job.counts().errors()).as(job.type() + " " + stage.lines()).isZero();
    }
  }

  private static List<ImportJob> importAll() throws IOException {
    var jobs = new ArrayList<ImportJob>();
    for (FileType type : FileType.values()) {
      InputFile file = InputFile.resource("/sample/crm/" + type.code() + ".csv");
      try (InputStream in = file.open()) {
        jobs.add(stage.run(type.code(), in, ImportWatcher.NONE));
      }
    }
    return jobs;
  }

  @Test
  void sample_imported_givesTheFactsOfTheFolder() {
    Reading folder = Reading.of(SampleData.crm().source());
    assertThat(folder.facts).hasSizeGreaterThan(300);
    for (ContactFacts facts : folder.facts) {
      assertThat(text(stage.facts(facts.contact().id()))).isEqualTo(text(facts));
    }
  }

  private static String text(ContactFacts facts) {
    return new String(FactsWriter.write(facts), java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void sample_importedAgain_changesNothing() throws IOException {
    Map<String, Long> before = stage.sizes();
    for (ImportJob job : importAll()) {
      assertThat(job.counts().changed()).as(job.type()).isZero();
      assertThat(job.counts().unchanged()).as(job.type()).isEqualTo(job.counts().read());
    }
    assertThat(stage.sizes()).isEqualTo(before);
  }
}

package rekindle.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dropwizard.jackson.Jackson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import rekindle.service.command.PolicyFolder;

/** The service without its server, with the shipped tables and a clock of the test's. */
final class ClockedService {
  private ClockedService() {}

  static Service of(Jdbi jdbi, Path folder, Clock clock, Consumer<ObjectNode> more)
      throws IOException {
    var mapper = Jackson.newObjectMapper();
    ObjectNode json = mapper.createObjectNode().put("dataFolder", folder.toString());
    more.accept(json);
    var configuration = mapper.readValue(json.toString(), RekindleConfiguration.class);
    return new Service(configuration, jdbi, clock, PolicyFolder.workbooks(null));
  }
}

package rekindle.service.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import rekindle.json.CanonicalJson;
import rekindle.json.InvalidJson;
import rekindle.json.JsonProblem;
import rekindle.json.LineReader;
import rekindle.service.intake.ContactDocument;
import rekindle.service.intake.ContactIntake;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemJson;

/**
 * Contact documents line by line, each in a transaction of its own. A line that is not valid gets
 * an error line in its place and stops nothing.
 */
final class ContactLines {
  private final Jdbi jdbi;
  private final ContactIntake contacts;

  ContactLines(Jdbi jdbi, ContactIntake contacts) {
    this.jdbi = jdbi;
    this.contacts = contacts;
  }

  void answer(InputStream body, OutputStream answers) throws IOException {
    var lines = new LineReader(body);
    for (Optional<LineReader.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
      answers.write(CanonicalJson.of(answer(line.get())));
      answers.write('\n');
    }
  }

  private ObjectNode answer(LineReader.Line line) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("line", line.number());
    try {
      ContactDocument document = document(line);
      json.setAll(ContactsResource.told(document, contacts.put(jdbi, document)));
    } catch (InvalidJson invalid) {
      json.set("error", ProblemJson.of(Problem.invalidInput(invalid.problems())));
    }
    return json;
  }

  private static ContactDocument document(LineReader.Line line) {
    byte[] bytes = line.bytes();
    JsonProblem problem = line.problem();
    if (bytes == null || problem != null) {
      throw new InvalidJson(problem == null ? List.of() : List.of(problem));
    }
    return ContactDocument.read(bytes, null, line.number());
  }
}

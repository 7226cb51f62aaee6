package rekindle.service.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rekindle.json.CanonicalJson;
import rekindle.json.InvalidJson;
import rekindle.json.JsonProblem;
import rekindle.json.JsonProblems;
import rekindle.json.LineReader;
import rekindle.json.StrictJson;
import rekindle.service.event.EventIntake;
import rekindle.service.intake.EventDocument;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemJson;

/**
 * Events line by line, some hundred a transaction. A line that is not valid gets an error line in
 * its place and stops nothing.
 */
final class EventLines {
  private static final int AT_ONCE = 500;

  private final EventIntake events;
  private final String client;

  EventLines(EventIntake events, String client) {
    this.events = events;
    this.client = client;
  }

  /**
   * A line with its event, or with what is wrong with it.
   *
   * @param event null where the line is not valid
   */
  private record Read(long line, @Nullable EventDocument event, List<JsonProblem> problems) {}

  void answer(InputStream body, OutputStream answers) throws IOException {
    var lines = new LineReader(body);
    List<Read> some = next(lines);
    while (!some.isEmpty()) {
      write(some, answers);
      some = next(lines);
    }
  }

  private List<Read> next(LineReader lines) throws IOException {
    var some = new ArrayList<Read>();
    while (some.size() < AT_ONCE) {
      Optional<LineReader.Line> line = lines.next();
      if (line.isEmpty()) {
        return some;
      }
      some.add(read(line.get()));
    }
    return some;
  }

  private Read read(LineReader.Line line) {
    byte[] bytes = line.bytes();
    JsonProblem problem = line.problem();
    if (bytes == null || problem != null) {
      return new Read(line.number(), null, problem == null ? List.of() : List.of(problem));
    }
    var problems = new JsonProblems();
    try {
      EventDocument event =
          EventDocument.read(StrictJson.read(bytes), "", client, events.now(), problems);
      return new Read(line.number(), problems.isEmpty() ? event : null, problems.list());
    } catch (InvalidJson invalid) {
      return new Read(line.number(), null, invalid.problems());
    }
  }

  private void write(List<Read> some, OutputStream answers) throws IOException {
    var valid = new ArrayList<EventDocument>();
    for (Read read : some) {
      EventDocument event = read.event();
      if (event != null) {
        valid.add(event);
      }
    }
    List<String> results = valid.isEmpty() ? List.of() : events.take(valid);
    int next = 0;
    for (Read read : some) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("line", read.line());
      EventDocument event = read.event();
      if (event == null) {
        json.set("error", ProblemJson.of(Problem.invalidInput(read.problems())));
      } else {
        json.setAll(EventsResource.told(event, results.get(next++)));
      }
      answers.write(CanonicalJson.of(json));
      answers.write('\n');
    }
  }
}

package rekindle.service.command;

import java.util.List;
import rekindle.json.CanonicalJson;
import rekindle.json.JsonProblem;

/** The error line for a line that could not be decided: a problem document of RFC 9457. */
final class LineProblem {
  private static final int BAD_REQUEST = 400;

  private LineProblem() {}

  static byte[] of(long line, List<JsonProblem> problems) {
    var json = new CanonicalJson().startObject().key("error").startObject();
    json.key("detail")
        .text("Line " + line + " holds no valid facts; mend what is listed and send it again.");
    json.key("errors").startArray();
    for (JsonProblem problem : problems) {
      json.startObject()
          .key("message")
          .text(problem.message())
          .key("pointer")
          .text(problem.pointer())
          .endObject();
    }
    json.endArray();
    json.key("line").integer(line);
    json.key("status").integer(BAD_REQUEST);
    json.key("title").text("The facts are not valid");
    json.key("type").text("urn:rekindle:problem:invalid-facts");
    return json.endObject().endObject().toBytes();
  }
}

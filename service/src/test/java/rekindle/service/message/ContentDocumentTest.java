package rekindle.service.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rekindle.json.InvalidJson;
import rekindle.json.JsonFields;
import rekindle.json.JsonProblem;
import rekindle.json.JsonProblems;

class ContentDocumentTest {
  private static Map<MergeField, String> read(String json, JsonProblems problems) throws Exception {
    JsonFields fields = JsonFields.of(new ObjectMapper().readTree(json), "", problems);
    Map<MergeField, String> content = ContentDocument.read(fields);
    fields.end();
    return content;
  }

  @Test
  void document_asItShouldBe_isRead() throws Exception {
    var problems = new JsonProblems();
    assertThat(
            read(
                "{\"first_name\":\"Zoë\",\"company\":null,\"calendar_link\":\"https://cal.example.com/x?y=1#z\"}",
                problems))
        .containsExactly(
            Map.entry(MergeField.FIRST_NAME, "Zoë"),
            Map.entry(MergeField.CALENDAR_LINK, "https://cal.example.com/x?y=1#z"));
    problems.throwIfAny();
  }

  @Test
  void faults_areToldAllAtOnceWithTheirPlaces() throws Exception {
    var problems = new JsonProblems();
    read(
        """
        {"first_nam": "x", "company": 5, "quoted_price": "%s", "product": "a\\nb",
         "calendar_link": "http://example.com", "content_link": "javascript:alert(1)",
         "account_link": "https://user:pass@example.com/"}
        """
            .formatted("9".repeat(41)),
        problems);
    assertThat(
            org.assertj.core.api.Assertions.catchThrowableOfType(
                    InvalidJson.class, problems::throwIfAny)
                .problems())
        .extracting(JsonProblem::pointer)
        .containsExactlyInAnyOrder(
            "/company",
            "/product",
            "/quoted_price",
            "/calendar_link",
            "/content_link",
            "/account_link",
            "/first_nam");
  }

  @Test
  void codes_ofFields_areTheirNames() {
    assertThat(MergeField.values())
        .allSatisfy(field -> assertThat(MergeField.of(field.code())).contains(field));
    assertThat(tuple(MergeField.CALENDAR_LINK_2.code())).isEqualTo(tuple("calendar_link_2"));
  }
}

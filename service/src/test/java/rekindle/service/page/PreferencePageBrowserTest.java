package rekindle.service.page;

import static org.assertj.core.api.Assertions.assertThat;
import static rekindle.service.RunningService.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rekindle.service.RunningService;

/** The page as somebody uses it whose browser runs no scripts. */
@Tag("browser")
class PreferencePageBrowserTest {
  @RegisterExtension static final RunningService SERVICE = RunningService.shared();

  @TempDir Path profile = Path.of(".");

  @Test
  void person_stopsAndBeginsAgain_withoutAScript() throws Exception {
    String operator = SERVICE.newKey("operator");
    SERVICE.send(
        SERVICE
            .request("/v1/contacts/surfer", operator)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"country\":\"US\",\"email\":\"surfer@example.com\"}")));
    try (var browser = new Browser(profile)) {
      browser.open(SERVICE.uri() + "/u/" + SERVICE.token("surfer", "email"));
      assertThat(browser.text("document.querySelector('h1').textContent"))
          .isEqualTo("Stop messages from Our company");
      assertThat(browser.text("getComputedStyle(document.querySelector('button')).backgroundColor"))
          .isEqualTo("rgb(29, 79, 145)");
      assertThat(browser.text("document.querySelectorAll('input:not([id]) ').length + ''"))
          .isEqualTo(browser.text("document.querySelectorAll('label > input').length + ''"));
      assertThat(browser.text("document.cookie")).isEmpty();
      browser.submitBy("button");
      assertThat(browser.text("document.querySelector('.told').textContent"))
          .isEqualTo("Done. Our company sends you no more e-mail.");
      browser.click("input[name=agreed]");
      browser.submitBy("button[name=resume]");
      assertThat(browser.text("document.querySelector('h1').textContent"))
          .isEqualTo("Welcome back");
      assertThat(browser.complaints).isEmpty();
    }
    assertThat(json(SERVICE.get("/v1/contacts/surfer", operator)).path("consents")).hasSize(1);
  }
}

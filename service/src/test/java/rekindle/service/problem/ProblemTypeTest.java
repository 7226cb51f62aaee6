package rekindle.service.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Problems that are made from texts have a type that is explained, with its status and title. */
class ProblemTypeTest {
  private static final Path SOURCES = Path.of("src/main/java/rekindle/service");
  private static final Pattern MADE =
      Pattern.compile(
          "(?:Problem\\.of|\\bof|new Problem)\\(\\s*\"([a-z_]+)\",\\s*([0-9]{3}),\\s*\"([^\"]*)\"");

  private record Made(String type, int status, String title) {}

  private static Stream<Made> made(Path source) {
    try {
      var made = new ArrayList<Made>();
      Matcher matcher = MADE.matcher(Files.readString(source));
      while (matcher.find()) {
        made.add(new Made(matcher.group(1), Integer.parseInt(matcher.group(2)), matcher.group(3)));
      }
      return made.stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void problem_madeAnywhere_hasARegisteredType() throws IOException {
    try (Stream<Path> sources = Files.walk(SOURCES)) {
      var all =
          sources
              .filter(path -> path.toString().endsWith(".java"))
              .flatMap(ProblemTypeTest::made)
              .toList();
      assertThat(all).extracting(Made::type).contains("invalid_input", "not_found", "overloaded");
      for (Made made : all) {
        assertThat(ProblemType.of(made.type))
            .as("%s is a ProblemType", made)
            .hasValueSatisfying(
                type -> {
                  assertThat(type.status()).as("%s", made).isEqualTo(made.status);
                  assertThat(type.title()).as("%s", made).isEqualTo(made.title);
                });
      }
    }
  }

  @Test
  void types_areWholeSentences() {
    for (ProblemType type : ProblemType.values()) {
      assertThat(type.meaning()).as(type.code()).matches("[A-Z].*\\.");
      assertThat(type.remedy()).as(type.code()).matches("[A-Z].*\\.");
      assertThat(type.title()).as(type.code()).matches("[A-Z].*[a-z]");
      assertThat(type.status()).isBetween(400, 599);
    }
  }
}

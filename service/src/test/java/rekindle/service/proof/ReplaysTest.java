package rekindle.service.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rekindle.facts.FactsWriter;
import rekindle.json.StrictJson;
import rekindle.testing.RandomFacts;

/**
 * Many decisions through the jar: made again after a restart with another zone and locale, and
 * batches larger than the memory. {@code -Drekindle.replays=} and {@code -Drekindle.lines=} say how
 * many.
 */
@Tag("proof")
class ReplaysTest {
  private static final int REPLAYS = Integer.getInteger("rekindle.replays", 10_000);
  private static final int LINES = Integer.getInteger("rekindle.lines", 200_000);
  private static final Instant AS_OF = Instant.parse("2026-03-10T15:00:00Z");
  private static final String NDJSON = "application/x-ndjson";

  @TempDir Path folder;

  @Test
  void decisions_madeAgainAfterARestartElsewhere_areEqual() throws Exception {
    var service = new RunningService(folder, List.of("-Xmx1g"));
    service.start();
    List<String> ids = new ArrayList<>();
    for (String line : batch(service, write(REPLAYS), "?record=true")) {
      ids.add(StrictJson.read(line).path("id").textValue());
    }
    service.stop();

    var elsewhere =
        new RunningService(
            folder,
            List.of(
                "-Xmx1g",
                "-Duser.timezone=Pacific/Auckland",
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Dfile.encoding=ISO-8859-9"));
    elsewhere.start();
    for (String id : ids) {
      byte[] replay = elsewhere.postJson("/v1/decisions/" + id + "/replay", "").body();
      assertThat(new String(replay, StandardCharsets.UTF_8)).contains("\"equal\":true");
    }
    elsewhere.stop();
    System.out.printf("%d decisions replayed equal%n", ids.size());
    assertThat(ids).hasSize(REPLAYS).doesNotHaveDuplicates().doesNotContainNull();
  }

  @Test
  void batch_ofManyLines_isAnsweredInLittleMemory() throws Exception {
    var service = new RunningService(folder, List.of("-Xmx512m", "-Xlog:gc:file=gc.log"));
    service.start();
    Path lines = write(LINES);
    for (String query : List.of("", "?record=true")) {
      long start = System.nanoTime();
      int answered = 0;
      for (String line : batch(service, lines, query)) {
        assertThat(line).startsWith("{\"asOf\"");
        answered++;
      }
      System.out.printf(
          "%d lines in, %d out%s: %.0f a second%n",
          LINES, answered, query, answered / ((System.nanoTime() - start) / 1e9));
      assertThat(answered).isEqualTo(LINES);
    }
    service.stop();
    try (var gc = Files.lines(folder.resolve("gc.log"))) {
      System.out.println(
          "largest heap after a collection: "
              + gc.filter(line -> line.contains("Pause"))
                  .map(line -> line.replaceAll(".*->([0-9]+)M.*", "$1"))
                  .filter(text -> text.matches("[0-9]+"))
                  .mapToInt(Integer::parseInt)
                  .max()
                  .orElse(-1)
              + " MB");
    }
  }

  private Path write(int people) throws IOException {
    Path file = folder.resolve("facts-" + people + ".ndjson");
    try (var out = Files.newOutputStream(file)) {
      for (int i = 0; i < people; i++) {
        out.write("{\"facts\":".getBytes(StandardCharsets.UTF_8));
        out.write(FactsWriter.write(RandomFacts.of(i % 10_000, AS_OF)));
        out.write((",\"asOf\":\"" + AS_OF + "\"}\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }

  /** The answers as they come; nothing of them is kept. */
  private static Iterable<String> batch(RunningService service, Path lines, String query)
      throws Exception {
    var request =
        service
            .request("/v1/decisions/batch" + query)
            .timeout(java.time.Duration.ofMinutes(10))
            .header("Content-Type", NDJSON)
            .POST(BodyPublishers.ofFile(lines))
            .build();
    InputStream body = service.http().send(request, BodyHandlers.ofInputStream()).body();
    return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)).lines()
        ::iterator;
  }
}

package rekindle.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import rekindle.code.Vocabulary;
import rekindle.json.StrictJson;

class VocabulariesTest {

  @Test
  void vocabularies_everyCode_hasItsFormAndAMeaning() throws IllegalAccessException {
    for (Vocabulary vocabulary : all()) {
      assertThat(vocabulary.codes()).as(vocabulary.name()).hasSizeGreaterThan(1);
      assertThat(vocabulary.codes()).allSatisfy(code -> assertThat(code).matches(Vocabulary.CODE));
      assertThat(vocabulary.meanings().values()).noneMatch(String::isBlank).doesNotHaveDuplicates();
    }
  }

  @Test
  void channel_codes_areTheChannels() {
    assertThat(Vocabularies.CHANNEL.codes())
        .containsExactlyInAnyOrderElementsOf(Channel.ALL.stream().map(Channel::code).toList());
  }

  @Test
  void schema_listsOfCodes_areTheClosedVocabularies() throws IOException, IllegalAccessException {
    var closed = new HashSet<Set<String>>();
    all().stream().filter(entry -> !entry.open()).forEach(entry -> closed.add(entry.codes()));
    var listed = new HashSet<Set<String>>();
    try (InputStream in =
        Vocabularies.class.getResourceAsStream("/rekindle/schema/facts.schema.json")) {
      for (JsonNode codes : StrictJson.read(in.readAllBytes()).findValues("enum")) {
        var set = new HashSet<String>();
        codes.forEach(code -> set.add(code.asText()));
        set.remove("null");
        listed.add(set);
      }
    }

    assertThat(listed).isEqualTo(closed);
  }

  private static List<Vocabulary> all() throws IllegalAccessException {
    var all = new ArrayList<Vocabulary>();
    for (Field field : Vocabularies.class.getFields()) {
      all.add((Vocabulary) field.get(null));
    }
    return all;
  }
}

package rekindle.reply;

import rekindle.code.Vocabulary;

/** Codes that the tables of replies read and decide. */
public final class ReplyVocabularies {
  public static final Vocabulary MEANING =
      Vocabulary.of(
          "meaning",
          "opt_out",
          "wants no more of this",
          "opt_out_all",
          "wants nothing more on any channel",
          "complaint",
          "reports us, or says that the message was spam",
          "legal_threat",
          "speaks of a lawyer, a court, an authority or a law",
          "not_interested",
          "declines",
          "wrong_person",
          "the address is another person's",
          "unclear_opt_out",
          "may want no more; taken as a no, and put before a person",
          "hard_bounce",
          "the address does not exist; told by a platform and never by a text",
          "positive",
          "wants to go on",
          "automatic",
          "a machine answered, such as an absence note",
          "help",
          "asks who we are or what can be done",
          "start",
          "asks for messages again; no consent in itself",
          "unclear",
          "nothing that a row knows");

  public static final Vocabulary MATCH =
      Vocabulary.of(
          "way of matching",
          "whole",
          "the whole message is one of the words, apart from courtesies, however it is spelt",
          "sentence",
          "the same for one sentence, line or part between commas of the message",
          "phrase",
          "one of the words stands somewhere in the message, whole words only",
          "short",
          "the same, and the message has at most eight words",
          "edge",
          "one of the words begins or ends the message, which has at most four words",
          "courtesy",
          "words that change nothing and are passed over for whole");

  public static final Vocabulary LANGUAGE =
      Vocabulary.of(
          "language",
          "every",
          "holds whatever language the person speaks",
          "de",
          "German",
          "en",
          "English",
          "es",
          "Spanish",
          "fr",
          "French",
          "it",
          "Italian",
          "nl",
          "Dutch",
          "pt",
          "Portuguese");

  public static final Vocabulary HOLDS_FOR =
      Vocabulary.of(
          "reach of a no",
          "person",
          "every record of the person, and their addresses",
          "address",
          "the address that it came from, whoever has it");

  private ReplyVocabularies() {}
}

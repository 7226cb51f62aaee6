package rekindle.service.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import rekindle.json.JsonLimits;
import rekindle.json.StrictJson;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;

/** Reads a {@link JsonBody}: UTF-8 alone, within the limits of {@link JsonLimits}. Thread-safe. */
@Consumes(MediaType.APPLICATION_JSON)
final class JsonBodyReader implements MessageBodyReader<JsonBody> {
  private final JsonLimits limits;

  /**
   * @param documentBytes the longest document
   */
  JsonBodyReader(int documentBytes) {
    JsonLimits standard = JsonLimits.STANDARD;
    limits =
        new JsonLimits(
            documentBytes, standard.depth(), standard.textLength(), standard.numberLength());
  }

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == JsonBody.class;
  }

  @Override
  public JsonBody readFrom(
      Class<JsonBody> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    String charset = mediaType.getParameters().get(MediaType.CHARSET_PARAMETER);
    if (charset != null && !charset.equalsIgnoreCase("utf-8")) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE.problem(
              "This charset is not supported. JSON is sent in UTF-8."));
    }
    byte[] bytes = body.readAllBytes();
    return new JsonBody(bytes, StrictJson.read(bytes, limits));
  }
}

package io.wavegate.node.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads fields of JSON objects strictly: a wrong type, a missing or an unknown field is named, never guessed around. */
public final class JsonFields {

    /** Deepest nesting that the API's forms need is 10; what is deeper is no request of ours. */
    public static final int MAX_DEPTH = 24;

    private static final int MAX_DIGITS = 20;

    /** The one mapper: bounded depth, duplicate keys refused, nothing after the document. */
    public static final ObjectMapper MAPPER = JsonMapper.builder(new com.fasterxml.jackson.core.JsonFactoryBuilder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_DIGITS)
                            .maxStringLength(64 << 20)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonFields() {}

    /** Parses text whose size was bounded before. */
    public static JsonNode parse(byte[] utf8) throws JsonFormException {
        try {
            JsonNode node = MAPPER.readTree(utf8);
            if (node == null || node.isMissingNode()) {
                throw new JsonFormException("the body is empty; a JSON object is needed");
            }
            return node;
        } catch (StreamConstraintsException e) {
            throw new JsonFormException("not acceptable as JSON: nested deeper than " + MAX_DEPTH
                    + " levels, or a number of more than " + MAX_DIGITS + " digits");
        } catch (JsonProcessingException e) {
            throw new JsonFormException("not acceptable as JSON: " + why(e) + where(e));
        } catch (IOException e) {
            throw new JsonFormException("not acceptable as JSON: " + e.getMessage());
        }
    }

    // The parser's own words where they are about the text, and not about the parser.
    private static String why(JsonProcessingException e) {
        if (e instanceof JsonEOFException) {
            return "it breaks off";
        }
        return e instanceof MismatchedInputException ? "something follows the value" : e.getOriginalMessage();
    }

    private static String where(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    /** The node if it is an object with no other fields than these. */
    public static JsonNode object(JsonNode node, String place, Set<String> fields) throws JsonFormException {
        if (!node.isObject()) {
            throw new JsonFormException(place + " must be an object");
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!fields.contains(name)) {
                throw new JsonFormException(place + " has an unknown field \"" + name + "\"; known: "
                        + String.join(", ", fields.stream().sorted().toList()));
            }
        }
        return node;
    }

    /** A text field that must be there. */
    public static String text(JsonNode node, String field, String place) throws JsonFormException {
        return optionalText(node, field, place)
                .orElseThrow(() -> new JsonFormException(place + " lacks the text field \"" + field + "\""));
    }

    /** A text field that may be absent; {@code null} counts as absent. */
    public static Optional<String> optionalText(JsonNode node, String field, String place) throws JsonFormException {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new JsonFormException(place + "." + field + " must be a text");
        }
        return Optional.of(value.textValue());
    }

    /** A whole number from 0 on. */
    public static OptionalLong optionalNatural(JsonNode node, String field, String place) throws JsonFormException {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return OptionalLong.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new JsonFormException(place + "." + field + " must be a whole number, 0 or more");
        }
        return OptionalLong.of(value.longValue());
    }

    /** A whole number from 0 on that must be there. */
    public static long natural(JsonNode node, String field, String place) throws JsonFormException {
        OptionalLong value = optionalNatural(node, field, place);
        if (value.isEmpty()) {
            throw new JsonFormException(place + " lacks the number \"" + field + "\"");
        }
        return value.getAsLong();
    }

    /** A field that can only be true: it says something by being there. */
    public static void flag(JsonNode node, String field, String place) throws JsonFormException {
        JsonNode value = node.get(field);
        if (value == null || !value.isBoolean() || !value.booleanValue()) {
            throw new JsonFormException(place + "." + field + " must be true, or left out");
        }
    }

    /** The elements of an array field; absent is empty. */
    public static List<JsonNode> array(JsonNode node, String field, String place) throws JsonFormException {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw new JsonFormException(place + "." + field + " must be an array");
        }
        List<JsonNode> elements = new ArrayList<>(value.size());
        value.forEach(elements::add);
        return elements;
    }

    /** Bytes as standard base64. */
    public static ByteString bytes(JsonNode node, String field, String place) throws JsonFormException {
        try {
            return ByteString.copyFrom(Base64.getDecoder().decode(text(node, field, place)));
        } catch (IllegalArgumentException e) {
            throw new JsonFormException(place + "." + field + " must be base64");
        }
    }

    /** Standard base64 of bytes. */
    public static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}

package io.wavegate.node.description;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** As much of JSON Schema (2020-12) as the description uses; a keyword that it does not know is a finding. */
final class JsonForm {
    private static final List<String> ANNOTATIONS =
            List.of("description", "format", "contentEncoding", "examples", "default");

    private final List<String> findings;

    JsonForm(List<String> findings) {
        this.findings = findings;
    }

    void check(JsonNode value, JsonNode schema, JsonNode root, String place) {
        for (var keywords = schema.fields(); keywords.hasNext(); ) {
            var keyword = keywords.next();
            JsonNode argument = keyword.getValue();
            switch (keyword.getKey()) {
                case "$ref" -> {
                    String reference = argument.textValue();
                    check(value, Described.target(reference, root), Described.document(reference, root), place);
                }
                case "type" -> require(isOf(argument.textValue(), value), place, "is no " + argument);
                case "const" -> require(value.equals(argument), place, "is not " + argument);
                case "enum" -> require(contains(argument, value), place, "is none of " + argument);
                case "minimum" -> require(value.asLong() >= argument.asLong(), place, "is below " + argument);
                case "minLength" -> require(value.asText().length() >= argument.asInt(), place, "is too short");
                case "maxLength" -> require(value.asText().length() <= argument.asInt(), place, "is too long");
                case "minProperties" -> require(value.size() >= argument.asInt(), place, "has too few members");
                case "maxProperties" -> require(value.size() <= argument.asInt(), place, "has too many members");
                case "required" ->
                    argument.forEach(name -> require(value.has(name.textValue()), place, "lacks " + name));
                case "properties" -> properties(value, argument, root, place);
                case "additionalProperties" -> known(value, schema.path("properties"), place);
                case "items" -> {
                    for (int i = 0; i < value.size(); i++) {
                        check(value.get(i), argument, root, place + "/" + i);
                    }
                }
                default -> require(ANNOTATIONS.contains(keyword.getKey()), place, "unknown keyword " + keyword);
            }
        }
    }

    private void properties(JsonNode value, JsonNode properties, JsonNode root, String place) {
        for (var members = properties.fields(); members.hasNext(); ) {
            var member = members.next();
            if (value.has(member.getKey())) {
                check(value.get(member.getKey()), member.getValue(), root, place + "/" + member.getKey());
            }
        }
    }

    private void known(JsonNode value, JsonNode properties, String place) {
        value.fieldNames().forEachRemaining(name -> require(properties.has(name), place, "has unknown " + name));
    }

    private static boolean contains(JsonNode array, JsonNode value) {
        boolean found = false;
        for (JsonNode element : array) {
            found |= element.equals(value);
        }
        return found;
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            default -> false;
        };
    }

    private void require(boolean holds, String place, String finding) {
        if (!holds) {
            findings.add((place.isEmpty() ? "/" : place) + " " + finding);
        }
    }
}

package io.wavegate.node.session;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wavegate.node.json.JsonFields;
import java.io.IOException;

/** What a message that was not read to its end says of itself: enough to answer it by its id. */
final class MessageHead {

    private MessageHead() {}

    /**
     * The texts that are members of the object, up to where the text breaks off or is no JSON.
     *
     * @param text the beginning of a message
     */
    static ObjectNode of(String text) {
        ObjectNode head = JsonNodeFactory.instance.objectNode();
        try (JsonParser parser = JsonFields.MAPPER.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return head;
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                if (parser.nextToken() == JsonToken.VALUE_STRING) {
                    head.put(name, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            // Broken off, as was to be expected: what came before counts.
            return head;
        }
        return head;
    }
}

package io.wavegate.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.node.description.Described;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SocketDescriptionTest {
    private static final JsonNode MESSAGES =
            Described.ASYNCAPI.path("components").path("messages");

    private static TreeSet<String> names(JsonNode object) {
        TreeSet<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void everyMessageIsDescribedAndNoOther() {
        TreeSet<String> ours = new TreeSet<>(SocketMessages.REQUESTS.keySet());
        ours.addAll(SocketMessages.REPLIES);
        assertThat(names(MESSAGES)).isEqualTo(ours);
        assertThat(names(Described.ASYNCAPI.at("/channels/socket/messages"))).isEqualTo(ours);
    }

    @Test
    void aRequestMayHaveTheDescribedMembersAndNoOthers() {
        SocketMessages.REQUESTS.forEach((type, members) -> assertThat(
                        names(MESSAGES.path(type).path("payload").path("properties")))
                .as(type)
                .containsExactlyInAnyOrderElementsOf(members));
    }

    @Test
    void requestsAndAnswersAreOnTheRightSide() {
        assertThat(last(Described.ASYNCAPI.at("/operations/request/messages")))
                .isEqualTo(new TreeSet<>(SocketMessages.REQUESTS.keySet()));
        TreeSet<String> sent = last(Described.ASYNCAPI.at("/operations/request/reply/messages"));
        sent.addAll(last(Described.ASYNCAPI.at("/operations/event/messages")));
        assertThat(sent).isEqualTo(new TreeSet<>(SocketMessages.REPLIES));
    }

    private static TreeSet<String> last(JsonNode references) {
        TreeSet<String> names = new TreeSet<>();
        for (JsonNode reference : references) {
            String path = reference.path("$ref").asText();
            names.add(path.substring(path.lastIndexOf('/') + 1));
        }
        return names;
    }
}

package io.wavegate.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.node.fake.FakeHealth;
import io.wavegate.wavelet.model.ParticipantId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the machines around a node are told that does not serve. */
final class NodeReadsTest {
    private static ApiReply reply(FakeHealth health, String path) throws Exception {
        Endpoint endpoint = new NodeReads(health, () -> "")
                .endpoints().stream()
                        .filter(one -> one.template().equals(path))
                        .findFirst()
                        .orElseThrow();
        return endpoint.handler()
                .handle(new ApiRequest(new ParticipantId("nobody@a.test"), Map.of(), Map.of(), new byte[0]))
                .toCompletableFuture()
                .join();
    }

    @Test
    void aNodeThatCannotServeIsNotReadyAndSaysWhyInALineEach() throws Exception {
        FakeHealth unfit = new FakeHealth(true, true, List.of("no coordinator answers", "the journal cannot be read"));
        assertThat(reply(unfit, "/ready"))
                .isEqualTo(ApiReply.text(503, "no coordinator answers\nthe journal cannot be read\n"));
        assertThat(reply(unfit, "/startup").status()).isEqualTo(200);
        assertThat(reply(unfit, "/alive").status())
                .as("nobody restarts it for that")
                .isEqualTo(200);
    }

    @Test
    void aNodeThatStartsOrStopsIsAliveAndNothingElse() throws Exception {
        FakeHealth starting = new FakeHealth(false, true, List.of());
        assertThat(reply(starting, "/ready").status()).isEqualTo(503);
        assertThat(reply(starting, "/startup").status()).isEqualTo(503);
        assertThat(reply(starting, "/alive").status()).isEqualTo(200);
    }

    @Test
    void aNodeWhoseThreadsStandStillIsToBeRestarted() throws Exception {
        assertThat(reply(new FakeHealth(true, false, List.of()), "/alive").status())
                .isEqualTo(503);
    }
}

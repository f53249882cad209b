package io.wavegate.s2s.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.s2s.link.OutboundRequest;
import io.wavegate.s2s.link.Outcome;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.wavelet.placement.EntityRefs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.japi.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RepeatedQuestionTest {
    private static final DomainPair LINK = new DomainPair("a.test", "b.test");

    private final ActorTestKit kit = ActorTestKit.create();
    private final List<LinkCommand> said = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void whatGetsNoAnswerIsSaidAgainUnderTheSameReturnAddressUntilItIsAnswered() {
        OutboundRequest request = new OutboundRequest(OutboundRequest.Form.IQ_GET, List.of(), Optional.empty(), 10);
        RepeatedQuestion question = new RepeatedQuestion(
                new LinkRefs(new Saying()), LINK, kit.scheduler(), kit.system().executionContext());
        LinkCommand.Ask first = question.first(
                new LinkCommand.Ask(request, kit.<Outcome>createTestProbe().getRef()));
        await().until(() -> said.size() >= 2);
        question.answered();
        int until = said.size();
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10)).until(() -> said.size() <= until + 1);
        assertThat(said).allMatch(new LinkCommand.AskAgain(first)::equals);
    }

    private final class Saying implements EntityRefs<LinkCommand> {
        @Override
        public <R> CompletionStage<R> ask(
                String entityId, Function<ActorRef<R>, LinkCommand> message, Duration timeout) {
            throw new UnsupportedOperationException("nobody asks here");
        }

        @Override
        public void tell(String entityId, LinkCommand message) {
            said.add(message);
        }
    }
}

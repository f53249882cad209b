package io.wavegate.s2s.netty;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.wavegate.s2s.limit.EdgeLimits;
import io.wavegate.s2s.limit.LimitSettings;
import io.wavegate.s2s.stream.DialbackAnswer;
import io.wavegate.s2s.stream.DialbackQuestion;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEndedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerificationsTest {
    private final List<CompletableFuture<DialbackAnswer>> dialled = new ArrayList<>();

    private Verifications verifications(int most, Duration patience) {
        String limits = "verifications = " + most + ", verifications-per-domain = 8";
        EdgeLimits edge = new EdgeLimits(LimitSettings.from(ConfigFactory.parseString(limits)
                .withFallback(ConfigFactory.load().getConfig("wavegate.s2s.streams.limits"))));
        return new Verifications(edge, new LimitLog("wavegate.s2s.streams.limits"), patience, question -> {
            CompletableFuture<DialbackAnswer> answer = new CompletableFuture<>();
            dialled.add(answer);
            return answer;
        });
    }

    private static DialbackQuestion question(String sender) {
        return new DialbackQuestion(sender, "ada.example", "id", "key");
    }

    private static DialbackAnswer now(Verifications verifications, String sender) {
        return verifications
                .ask(question(sender), "network")
                .toCompletableFuture()
                .getNow(DialbackAnswer.UNDEFINED_CONDITION);
    }

    @Test
    void oneSenderCannotHaveUsDialWithoutEnd() {
        Verifications verifications = verifications(100, Duration.ofMinutes(1));
        for (int i = 0; i < 8; i++) {
            assertThat(now(verifications, "bee.example")).isEqualTo(DialbackAnswer.UNDEFINED_CONDITION);
        }
        assertThat(now(verifications, "bee.example")).isEqualTo(DialbackAnswer.RESOURCE_CONSTRAINT);
        assertThat(now(verifications, "cat.example")).isEqualTo(DialbackAnswer.UNDEFINED_CONDITION);
        dialled.get(0).complete(DialbackAnswer.VALID);
        assertThat(now(verifications, "bee.example")).isEqualTo(DialbackAnswer.UNDEFINED_CONDITION);
        assertThat(dialled).hasSize(10);
    }

    @Test
    void allSendersTogetherAreLimited() {
        Verifications verifications = verifications(1, Duration.ofMinutes(1));
        assertThat(now(verifications, "bee.example")).isEqualTo(DialbackAnswer.UNDEFINED_CONDITION);
        assertThat(now(verifications, "cat.example")).isEqualTo(DialbackAnswer.RESOURCE_CONSTRAINT);
    }

    @Test
    void silenceIsAnsweredInTheEnd() {
        assertThat(verifications(1, Duration.ofMillis(1))
                        .ask(question("bee.example"), "network")
                        .toCompletableFuture()
                        .join())
                .isEqualTo(DialbackAnswer.REMOTE_SERVER_TIMEOUT);
    }

    @ParameterizedTest
    @CsvSource({
        "REMOTE_NOT_FOUND, REMOTE_SERVER_NOT_FOUND",
        "RESOLUTION_FAILED, REMOTE_SERVER_NOT_FOUND",
        "CONNECT_FAILED, REMOTE_CONNECTION_FAILED",
        "CONNECTION_LOST, REMOTE_SERVER_TIMEOUT",
        "TLS_FAILED, REMOTE_SERVER_TIMEOUT",
    })
    void failuresAreErrorsAndNeverInvalid(StreamEnd.Reason reason, DialbackAnswer answer) {
        Verifications verifications = verifications(1, Duration.ofMinutes(1));
        CompletableFuture<DialbackAnswer> asked =
                verifications.ask(question("bee.example"), "network").toCompletableFuture();
        dialled.get(0).completeExceptionally(new StreamEndedException(new StreamEnd(reason, "")));
        assertThat(asked.join()).isEqualTo(answer);
    }
}

package io.wavegate.s2s.link;

import static io.wavegate.s2s.link.LinkScript.HIS;
import static io.wavegate.s2s.link.LinkScript.OTHER_INFO;
import static io.wavegate.s2s.link.LinkScript.WAVE_HIS;
import static io.wavegate.s2s.link.LinkScript.WAVE_INFO;
import static io.wavegate.s2s.link.LinkScript.items;
import static io.wavegate.s2s.link.LinkScript.pair;
import static io.wavegate.s2s.link.LinkScript.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.stream.StreamEnd;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operator sees of a link and does to it. */
final class LinkOperationsTest {
    private final LinkScript script = new LinkScript();

    private List<String> trace() {
        return script.link.view().trace().stream().map(LinkView.TraceStep::text).toList();
    }

    private void goDown() {
        script.ask(request(1));
        script.refuses(HIS);
        script.refuses(WAVE_HIS);
        assertThat(script.link.view().phase()).isEqualTo("down");
    }

    @Test
    void traceTellsTheStepsOfASuccess() {
        script.ask(request(1));
        script.discoverWaveService();
        assertThat(trace())
                .containsExactly(
                        "looking for the wave service",
                        "opening a stream from a.test to b.test",
                        "stream to b.test is open",
                        "asked b.test for its services (disco#items)",
                        "b.test lists 1 services",
                        "asked b.test what it is (disco#info)",
                        "opening a stream from a.test to wave.b.test",
                        "stream to wave.b.test is open",
                        "asked wave.b.test what it is (disco#info)",
                        "b.test is no wave service",
                        "wave.b.test is a wave service",
                        "the wave service is wave.b.test");
    }

    @Test
    void traceTellsTheStepsOfAFailure() {
        goDown();
        assertThat(trace())
                .startsWith("looking for the wave service", "opening a stream from a.test to b.test")
                .contains("connect-failed: refused")
                .last()
                .asString()
                .startsWith("given up: no wave service found");
        assertThat(script.link.view().lastErrorMillis()).isEqualTo(script.now);
    }

    @Test
    void traceBeginsAnewWithEachAttemptAndIsBounded() {
        script.ask(request(1));
        script.discoverWaveService();
        for (int i = 0; i < 100; i++) {
            script.breaks(HIS, StreamEnd.Reason.IDLE);
            script.handle(new LinkInput.Say(
                    pair(HIS), io.wavegate.s2s.Xml.stanza("<iq type='result' id='1' from='a.test' to='b.test'/>")));
            script.opens(HIS);
        }
        assertThat(trace()).hasSize(40).doesNotContain("looking for the wave service");
        script.handle(new LinkInput.RetryNow());
        assertThat(trace()).first().isEqualTo("looking for the wave service");
    }

    @Test
    void retryNowDoesNotWaitForTheBackoff() {
        goDown();
        script.handle(new LinkInput.RetryNow());
        assertThat(script.link.view().phase()).isEqualTo("discovering");
        script.discoverWaveService();
        assertThat(script.link.view().phase()).isEqualTo("up");
        assertThat(script.reachable).as("what is behind goes on").isEqualTo(1);
    }

    @Test
    void retryNowForgetsThatTheDomainHasNoWaveService() {
        script.ask(request(1));
        script.opens(HIS);
        script.result(script.next(), items());
        script.result(script.next(), OTHER_INFO);
        script.refuses(WAVE_HIS);
        assertThat(script.link.view().phase()).isEqualTo("down");
        script.handle(new LinkInput.RetryNow());
        script.result(script.next(), items());
        script.result(script.next(), WAVE_INFO);
        assertThat(script.link.view().service()).isEqualTo(HIS);
    }

    @Test
    void retryNowDuringAnAttemptChangesNothing() {
        script.ask(request(1));
        script.handle(new LinkInput.RetryNow());
        assertThat(script.dialled).containsExactly(pair(HIS));
        script.discoverWaveService();
        assertThat(script.link.view().phase()).isEqualTo("up");
    }

    @Test
    void closingEndsStreamsAndTellsWhoWaits() {
        long token = script.ask(request(1));
        script.discoverWaveService();
        script.handle(new LinkInput.CloseStreams());
        assertThat(script.closed).containsExactlyInAnyOrder(pair(HIS), pair(WAVE_HIS));
        assertThat(script.outcomes.get(token)).isInstanceOf(Outcome.Unreachable.class);
        assertThat(script.link.view().phase()).isEqualTo("idle");
        script.later(Duration.ofSeconds(2));
        assertThat(script.dialled).as("somebody is behind now").contains(pair(HIS));
    }

    @Test
    void closingAnUnusedLinkLeavesNothingToDo() {
        script.handle(new LinkInput.CloseStreams());
        assertThat(script.link.isQuiescent()).isTrue();
    }
}

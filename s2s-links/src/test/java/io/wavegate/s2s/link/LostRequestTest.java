package io.wavegate.s2s.link;

import static io.wavegate.s2s.link.LinkScript.WAVE_HIS;
import static io.wavegate.s2s.link.LinkScript.message;
import static io.wavegate.s2s.link.LinkScript.pair;
import static io.wavegate.s2s.link.LinkScript.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import io.wavegate.s2s.xml.XmlElement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a stream is known to have lost (XEP-0198) is asked again on the next one, without waiting for an answer that cannot come. */
final class LostRequestTest {
    private final LinkScript script = new LinkScript();

    @Test
    void whatACleanEndDidNotAcknowledgeGoesOnTheNextStreamBeforeWhatWaits() {
        long first = script.ask(request(1));
        script.discoverWaveService();
        XmlElement asked = script.next();
        long told = script.ask(message());
        XmlElement message = script.next();
        script.breaks(WAVE_HIS, Reason.CLOSED_BY_REMOTE, List.of(asked, message));
        script.ask(request(2));
        script.opens(WAVE_HIS);
        assertThat(script.next()).isEqualTo(asked);
        assertThat(script.next()).isEqualTo(message);
        script.result(asked, "");
        script.receipt(message);
        assertThat(script.outcomes.get(first)).isInstanceOf(Outcome.Answered.class);
        assertThat(script.outcomes.get(told)).isInstanceOf(Outcome.Answered.class);
    }

    @Test
    void whatIsAnsweredIsNotAskedAgain() {
        script.ask(request(1));
        script.discoverWaveService();
        XmlElement asked = script.next();
        script.result(asked, "");
        script.breaks(WAVE_HIS, Reason.CLOSED_BY_REMOTE, List.of(asked));
        assertThat(script.dialled).isEmpty();
    }

    @Test
    void afterAFaultWhoAskedIsToldAndAsksAgain() {
        long token = script.ask(request(1));
        script.discoverWaveService();
        XmlElement asked = script.next();
        script.breaks(WAVE_HIS, Reason.CONNECTION_LOST, List.of(asked));
        assertThat(script.outcomes.get(token)).isInstanceOf(Outcome.Unreachable.class);
        assertThat(script.dialled).isEmpty();
    }

    @Test
    void aStreamThatHasASuccessorIsMissedByNobodyHoweverItEnds() {
        script.ask(request(1));
        script.discoverWaveService();
        XmlElement asked = script.next();
        long old = script.streamTo(WAVE_HIS);
        script.handle(new LinkInput.StreamLeaving(pair(WAVE_HIS), old));
        script.opens(WAVE_HIS);
        script.handle(new LinkInput.StreamEnded(
                pair(WAVE_HIS), old, new StreamEnd(Reason.CONNECTION_LOST, "gone"), List.of(asked)));
        assertThat(script.next()).isEqualTo(asked);
    }

    @Test
    void aPeerThatTakesStreamAfterStreamAwayIsNotAskedForEver() {
        long token = script.ask(request(1));
        script.discoverWaveService();
        XmlElement asked = script.next();
        for (int repeat = 0; repeat < 3; repeat++) {
            script.breaks(WAVE_HIS, Reason.CLOSED_BY_REMOTE, List.of(asked));
            script.opens(WAVE_HIS);
            assertThat(script.next()).isEqualTo(asked);
        }
        script.breaks(WAVE_HIS, Reason.CLOSED_BY_REMOTE, List.of(asked));
        assertThat(script.dialled).isEmpty();
        script.later(Duration.ofSeconds(31));
        assertThat(script.outcomes.get(token)).isInstanceOf(Outcome.Unreachable.class);
    }
}

package io.wavegate.node.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.node.client.LocalWavelet;
import io.wavegate.node.client.SimulatedHost;
import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletName;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The first erases the full stop and types a comma there; the second types behind the full stop and knows of nothing. */
class TypistTest {
    private static final Random ANY = new Random(1);
    private static final Trace.Transaction STOP_ERASED = transaction(0, 0, new Trace.Patch(2, 1, ""));
    private static final Trace.Transaction COMMA = transaction(0, 0, new Trace.Patch(2, 0, ","));
    private static final Trace.Transaction BEHIND = transaction(1, 0, new Trace.Patch(3, 0, "X"));
    private static final Trace.Transaction ERASURE_SEEN = transaction(1, 1, new Trace.Patch(0, 0, "S"));

    private SimulatedHost host;
    private Typist first;
    private Typist second;
    private LocalWavelet firsts;
    private LocalWavelet seconds;

    @Test
    void aDeletionAndWhatIsTypedThereGoOutTogether() {
        play(new Trace("ab.", "ab,X", 2, List.of(STOP_ERASED, COMMA, BEHIND)));
        first.typeNext(firsts);
        assertThat(first.typed()).isEqualTo(2);
        second.typeNext(seconds);
        assertThat(host.move(0, true, ANY)).isTrue();
        assertThat(host.move(1, true, ANY)).isTrue();
        assertText("ab,X");
    }

    @Test
    void whatIsTypedWhereADeletionWentOutAloneWaitsForWhoMayNotHaveKnown() {
        play(new Trace("ab.", "Sab,X", 2, List.of(STOP_ERASED, BEHIND, COMMA, ERASURE_SEEN)));
        first.typeNext(firsts);
        second.typeNext(seconds);
        assertThat(first.typed()).as("the second has seen the deletion alone").isEqualTo(1);
        assertThat(first.mayType()).isFalse();
        settle();
        assertThat(first.mayType()).isTrue();
        first.typeNext(firsts);
        second.typeNext(seconds);
        settle();
        assertText("Sab,X");
    }

    private void play(Trace trace) {
        Document start = Document.EMPTY.apply(DemoWave.blip(trace.startContent()));
        host = new SimulatedHost(new WaveletName("a.test", "w+1", "a.test", "conv+root"), DemoWave.BLIP, start);
        SentLog fromFirst = new SentLog();
        SentLog fromSecond = new SentLog();
        first = new Typist(trace, 0, Pace.COMPOSED, fromFirst, fromSecond, new Measures(), start);
        second = new Typist(trace, 1, Pace.COMPOSED, fromSecond, fromFirst, new Measures(), start);
        firsts = host.open(new ParticipantId("first@a.test"), first);
        seconds = host.open(new ParticipantId("second@a.test"), second);
    }

    private void settle() {
        while (host.isBusy()) {
            for (int client = 0; client < 2; client++) {
                host.move(client, true, ANY);
                host.move(client, false, ANY);
            }
        }
    }

    private void assertText(String text) {
        settle();
        assertThat(host.document()).isEqualTo(Document.EMPTY.apply(DemoWave.blip(text)));
    }

    private static Trace.Transaction transaction(int person, int seen, Trace.Patch patch) {
        return new Trace.Transaction(person, seen, List.of(patch));
    }
}

package io.wavegate.node.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.node.client.LocalWavelet;
import io.wavegate.node.client.SimulatedHost;
import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Types the recording with the clients' own code and a host in memory, in an order that a seed decides: who types, who is
 * heard and who hears. Whatever the order, the text at the end is the recording's.
 *
 * <p>The real recording if it is beside the project, else the small one of our own.
 */
class SeededReplayTest {
    private static final int STEPS_OF_ONE_MOOD = 300;
    private static final double NEVER_QUITE_STILL = 0.001;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theTextIsTheRecordingsWhateverTheOrder(long seed) throws Exception {
        Trace trace = DefaultTrace.find(Path.of("")).trace();
        Document start = Document.EMPTY.apply(DemoWave.blip(trace.startContent()));
        SimulatedHost host =
                new SimulatedHost(new WaveletName("a.test", "w+1", "a.test", "conv+root"), DemoWave.BLIP, start);
        List<SentLog> logs = List.of(new SentLog(), new SentLog());
        List<Typist> typists = new ArrayList<>();
        List<LocalWavelet> wavelets = new ArrayList<>();
        for (int person = 0; person < 2; person++) {
            typists.add(new Typist(
                    trace, person, Pace.COMPOSED, logs.get(person), logs.get(1 - person), new Measures(), start));
            wavelets.add(host.open(new ParticipantId("person" + person + "@a.test"), typists.get(person)));
        }
        type(trace, typists, wavelets, host, new Random(seed));

        assertThat(host.document()).isEqualTo(Document.EMPTY.apply(DemoWave.blip(trace.endContent())));
        for (LocalWavelet wavelet : wavelets) {
            assertThat(wavelet.document(DemoWave.BLIP)).isEqualTo(host.document());
        }
    }

    private static void type(
            Trace trace, List<Typist> typists, List<LocalWavelet> wavelets, SimulatedHost host, Random random) {
        double[] rates = new double[6];
        for (long step = 0;
                typists.get(0).typed() + typists.get(1).typed()
                                < trace.transactions().size()
                        || host.isBusy();
                step++) {
            if (step % STEPS_OF_ONE_MOOD == 0) {
                for (int i = 0; i < rates.length; i++) {
                    rates[i] = Math.pow(random.nextDouble(), 4) + NEVER_QUITE_STILL;
                }
            }
            int chosen = choose(rates, random);
            int who = chosen % 2;
            if (chosen >= 2) {
                host.move(who, chosen < 4, random);
            } else if (typists.get(who).mayType()) {
                typists.get(who).typeNext(wavelets.get(who));
            }
        }
    }

    private static int choose(double[] rates, Random random) {
        double at = 0;
        for (double rate : rates) {
            at += rate;
        }
        at *= random.nextDouble();
        int chosen = 0;
        while (chosen < rates.length - 1 && at > rates[chosen]) {
            at -= rates[chosen];
            chosen++;
        }
        return chosen;
    }
}

package io.wavegate.load.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.node.client.WavegateClient;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import io.wavegate.wavelet.trust.DeltaSigner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two gateways whose people type into one wavelet all the time, and a hostile domain with a stream to one of them. At the end
 * the typists have lost nothing and the attacked gateway has had no trouble of its own.
 */
final class HostileWave implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Lab lab;
    private final GatewayProcess attacked;
    private final SharedWavelet honest;
    private final HostileDomain hostile;
    private final DeltaSigner own;
    private final List<Typing> typing;

    private HostileWave(Lab lab, GatewayProcess attacked, GatewayProcess other, HostileDomain hostile)
            throws Exception {
        this.lab = lab;
        this.attacked = attacked;
        this.hostile = hostile;
        honest = SharedWavelet.between(attacked, other);
        own = hostile.signer(HostileDomain.NAME, HostileDomain.NAME);
        typing = List.of(
                Typing.begin(attacked.client("alice"), honest.name(), "alice"),
                Typing.begin(other.client("bob"), honest.name(), "bob"));
    }

    static HostileWave start(Path folder) throws Exception {
        Lab lab = new Lab(folder);
        GatewayProcess a = lab.gateway("a.test");
        GatewayProcess b = lab.gateway("b.test");
        int port = FreePorts.next();
        lab.pin("a.test", a.streamPort()).pin("b.test", b.streamPort()).pin(HostileDomain.NAME, port);
        a.start();
        b.start();
        return new HostileWave(lab, a, b, new HostileDomain(lab, port, a.streamPort()));
    }

    HostileDomain hostile() {
        return hostile;
    }

    /** The hostile domain's own signer, which is good. */
    DeltaSigner own() {
        return own;
    }

    ParticipantId alice() {
        return attacked.user("alice");
    }

    /** A wavelet that the two honest domains share. */
    WaveletName honestWavelet() {
        return honest.name();
    }

    /** A wave that alice has just made, with these people on it. */
    WaveletName waveOf(ParticipantId... people) throws Exception {
        try (WavegateClient client = attacked.client("alice")) {
            return client.createWave(
                    Stream.of(people).<WaveletOperation>map(AddParticipant::new).toList());
        }
    }

    void remove(WaveletName wavelet, ParticipantId participant) throws Exception {
        try (WavegateClient client = attacked.client("alice")) {
            client.removeParticipant(wavelet, participant);
        }
    }

    void add(WaveletName wavelet, ParticipantId participant) throws Exception {
        try (WavegateClient client = attacked.client("alice")) {
            client.addParticipant(wavelet, participant);
        }
    }

    HashedVersion version(WaveletName wavelet) throws Exception {
        return honest.host().version(wavelet);
    }

    String text(WaveletName wavelet, String document) throws Exception {
        return honest.host().text(wavelet, document);
    }

    RawApi api() {
        return honest.host();
    }

    /** From now on both domains' marks come through. */
    void honestPeopleGoOn() {
        for (Typing one : typing) {
            int before = one.count();
            await().atMost(PATIENCE).until(() -> one.count() >= before + 3);
        }
    }

    @Override
    public void close() throws Exception {
        try {
            for (Typing one : typing) {
                one.finish();
            }
            honest.assertNothingLost(typing);
            assertThat(attacked.log()).doesNotContain("\tat ");
        } finally {
            hostile.close();
            lab.close();
        }
    }
}

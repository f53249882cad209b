package io.wavegate.load.sim;

import com.google.protobuf.ByteString;
import io.wavegate.load.check.Statement;
import io.wavegate.s2s.federation.HistoryCodec;
import io.wavegate.s2s.federation.SubmitCodec;
import io.wavegate.s2s.federation.UpdateCodec;
import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.stanza.IqType;
import io.wavegate.s2s.stanza.Stanzas;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.api.WaveletUpdate;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A hostile domain that knows the names, versions and bytes of wavelets on which it has nobody, and tries to use them. */
final class Stranger {
    static final String NAME = "evil.test";

    private final SimRun run;
    private final World world;
    private long ids;

    Stranger(SimRun run) {
        this.run = run;
        this.world = run.world();
        run.internet().attach(NAME, this::received);
    }

    void start() {
        world.after(world.between(50_000, 500_000), this::attack);
    }

    private void attack() {
        if (run.isSettling()) {
            return;
        }
        List<WaveletName> wavelets = run.wavelets();
        WaveletName wavelet = wavelets.get(world.chance(wavelets.size()));
        String host = wavelet.waveletDomain();
        SimDomain victim = run.domains().get(world.chance(run.domains().size()));
        switch (world.chance(4)) {
            case 0, 1 -> {
                HashedVersion end = run.toldDeltas().anyVersion(wavelet);
                if (end.version() > 0) {
                    XmlElement ask = HistoryCodec.request(
                            new HistoryCodec.Request(wavelet, HashChain.zero(wavelet), end, OptionalLong.of(100_000)));
                    send(host, Stanzas.request(IqType.GET, addresses(host), ask));
                }
            }
            case 2 ->
                run.toldDeltas()
                        .anyApplied(wavelet)
                        .ifPresent(bytes -> send(victim.name(), update(victim.name(), wavelet, bytes)));
            default ->
                run.toldDeltas()
                        .anySigned(wavelet)
                        .ifPresent(signed -> send(
                                host,
                                Stanzas.request(
                                        IqType.SET,
                                        addresses(host),
                                        SubmitCodec.request(new SubmitCodec.Request(wavelet, signed)))));
        }
        world.after(world.between(100_000, 1_500_000), this::attack);
    }

    // An update of somebody else's wavelet: true, changed, or one delta twice.
    private XmlElement update(String victim, WaveletName wavelet, ByteString bytes) {
        byte[] changed = bytes.toByteArray();
        changed[world.chance(changed.length)] ^= (byte) (1 << world.chance(8));
        ByteString delta = world.chance(2) == 0 ? bytes : ByteString.copyFrom(changed);
        WaveletUpdate update = new WaveletUpdate(
                wavelet, List.of(delta), Optional.of(run.toldDeltas().anyVersion(wavelet)));
        return Stanzas.message(addresses(victim), List.of(UpdateCodec.event(update)));
    }

    private Addresses addresses(String to) {
        return new Addresses("evil-" + ++ids, NAME, to);
    }

    private void send(String to, XmlElement stanza) {
        run.internet().fromStranger(NAME, to, List.of(stanza));
    }

    private void received(DomainPair pair, List<XmlElement> stanzas) {
        for (XmlElement stanza : stanzas) {
            if (holdsDelta(stanza)) {
                run.violated(Statement.ISOLATION, "?", pair.local() + " gave " + NAME + " deltas: " + stanza);
            }
        }
    }

    private static boolean holdsDelta(XmlElement element) {
        return element.name().local().equals("applied-delta")
                || element.elements().stream().anyMatch(Stranger::holdsDelta);
    }
}

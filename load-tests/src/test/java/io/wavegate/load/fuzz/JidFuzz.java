package io.wavegate.load.fuzz;

import io.wavegate.s2s.jid.Domain;
import io.wavegate.s2s.jid.Jid;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletName;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Addresses and names: what is prepared stays as it is when it is prepared again, and there is one key for each. */
public final class JidFuzz {
    private JidFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Jid.parse(text).ifPresent(jid -> {
            require(Jid.parse(jid.toString()).equals(Optional.of(jid)), "not stable: " + jid);
            Domain domain = jid.domain();
            require(Domain.parse(domain.ascii()).equals(Optional.of(domain)), "A-labels lead elsewhere: " + domain);
            require(domain.value().equals(domain.value().strip()), "white space: " + domain);
            require(jid.toString().indexOf('\0') < 0, "NUL: " + jid);
        });
        WaveletName.parseUri(text).ifPresent(name -> {
            require(WaveletName.parseUri(name.toUri()).equals(Optional.of(name)), "URI leads elsewhere: " + name);
            require(
                    WaveletName.parseModern(name.toModern()).equals(Optional.of(name)),
                    "path leads elsewhere: " + name);
        });
        WaveletName.parseModern(text)
                .ifPresent(name -> require(
                        WaveletName.parseModern(name.toModern()).equals(Optional.of(name)),
                        "path leads elsewhere: " + name));
        ParticipantId participant = new ParticipantId(text);
        require(new ParticipantId(participant.address()).equals(participant), "not stable: " + participant);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}

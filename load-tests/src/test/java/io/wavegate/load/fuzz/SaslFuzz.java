package io.wavegate.load.fuzz;

import io.wavegate.s2s.jid.Domain;
import io.wavegate.s2s.stream.DialbackKey;
import io.wavegate.s2s.stream.PeerCertificate;
import io.wavegate.s2s.stream.PresentedCertificate;
import io.wavegate.s2s.stream.ReceivingState;
import io.wavegate.s2s.stream.ReceivingStream;
import io.wavegate.s2s.stream.ReceivingTerms;
import io.wavegate.s2s.stream.Step;
import io.wavegate.s2s.stream.StreamEffect;
import io.wavegate.s2s.stream.StreamExtensions;
import io.wavegate.s2s.stream.StreamInput;
import io.wavegate.s2s.stream.StreamLimits;
import io.wavegate.s2s.stream.StreamPolicy;
import io.wavegate.s2s.stream.StreamTimeouts;
import io.wavegate.s2s.vouch.Authority;
import io.wavegate.s2s.xml.StreamHeader;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlEvent;
import io.wavegate.s2s.xml.XmlName;
import io.wavegate.s2s.xml.Xmlns;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** The identity in SASL EXTERNAL on a stream of bee.example: it is bee.example or nothing, in base64, or no success. */
public final class SaslFuzz {
    private static final String BEE = "bee.example";
    private static final PresentedCertificate CERTIFICATE = domain -> domain.equals(BEE)
            ? new PeerCertificate.Trusted(BEE, "CN=bee", Instant.MAX, new Authority("CN=ca", "ab"))
            : new PeerCertificate.Untrusted("names bee.example alone");
    private static final ReceivingStream STREAM = new ReceivingStream(new ReceivingTerms(
            Set.of("ada.example"),
            remote -> StreamPolicy.DEFAULT,
            StreamTimeouts.DEFAULT,
            StreamLimits.DEFAULT,
            StreamExtensions.DEFAULT,
            DialbackKey.of("a secret of the fuzzer"),
            () -> "id"));

    private SaslFuzz() {}

    /** The first byte says whether the rest comes at once or after a challenge. */
    public static void fuzzerTestOneInput(byte[] input) {
        boolean challenged = input.length > 0 && (input[0] & 1) == 1;
        String payload = input.length == 0 ? "" : new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
        ReceivingState state = secured();
        if (challenged) {
            state = sends(state, auth("")).state();
        }
        Step<ReceivingState> step = sends(state, challenged ? response(payload) : auth(payload));
        boolean success = step.effects().stream()
                .anyMatch(effect -> effect instanceof StreamEffect.Write write
                        && new String(write.bytes(), StandardCharsets.UTF_8).contains("<success"));
        if (success && !isBee(payload.strip())) {
            throw new IllegalStateException("taken for bee.example: " + payload);
        }
    }

    private static boolean isBee(String payload) {
        return payload.isEmpty()
                || payload.equals("=")
                || Domain.parse(new String(Base64.getMimeDecoder().decode(payload), StandardCharsets.UTF_8))
                        .filter(domain -> domain.value().equals(BEE))
                        .isPresent();
    }

    private static ReceivingState secured() {
        ReceivingState state = STREAM.start().state();
        state = STREAM.on(state, header()).state();
        state = sends(state, XmlElement.builder(Xmlns.TLS, "starttls").build()).state();
        state = STREAM.on(state, new StreamInput.Secured(CERTIFICATE)).state();
        return STREAM.on(state, header()).state();
    }

    private static StreamInput header() {
        return new StreamInput.Received(new XmlEvent.StreamOpened(new StreamHeader(
                new XmlName(Xmlns.STREAM, "stream"),
                Xmlns.SERVER,
                true,
                Optional.of(BEE),
                Optional.of("ada.example"),
                Optional.empty(),
                Optional.of("1.0"))));
    }

    private static Step<ReceivingState> sends(ReceivingState state, XmlElement element) {
        return STREAM.on(state, new StreamInput.Received(new XmlEvent.FirstLevel(element, 100)));
    }

    private static XmlElement auth(String payload) {
        return XmlElement.builder(Xmlns.SASL, "auth")
                .attribute("mechanism", "EXTERNAL")
                .text(payload)
                .build();
    }

    private static XmlElement response(String payload) {
        return XmlElement.builder(Xmlns.SASL, "response").text(payload).build();
    }
}

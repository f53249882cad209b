package io.wavegate.s2s.check;

import io.wavegate.s2s.stream.AuthenticatedBy;
import io.wavegate.s2s.stream.PeerCertificate;
import io.wavegate.s2s.stream.StreamEffect;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamInput;
import io.wavegate.s2s.xml.StreamHeader;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlEvent;
import io.wavegate.s2s.xml.Xmlns;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Keeps what passes the state machine of one probe. Has one owner; the time comes with each call. */
public final class ProbeRecord {
    private static final long NANOS_IN_MILLI = 1_000_000;
    private static final int MAX_TEXT = 200;

    private final ProbeTarget target;
    private final long begunNanos;
    private OptionalLong connectMillis = OptionalLong.empty();
    private boolean dialbackDeclared;
    private boolean isSecured;
    private long tlsBegunNanos;
    private Optional<FeatureFacts> plain = Optional.empty();
    private Optional<TlsFacts> tls = Optional.empty();
    private Optional<FeatureFacts> secured = Optional.empty();
    private Optional<String> saslFailure = Optional.empty();
    private Optional<AuthenticatedBy> authenticated = Optional.empty();

    /** @param nowNanos when connecting begins */
    public ProbeRecord(ProbeTarget target, long nowNanos) {
        this.target = target;
        this.begunNanos = nowNanos;
        this.tlsBegunNanos = nowNanos;
    }

    /** TCP is up. */
    public void connected(long nowNanos) {
        connectMillis = OptionalLong.of(millis(nowNanos - begunNanos));
        tlsBegunNanos = nowNanos;
    }

    /** The handshake is done; told in front of the input that says so. */
    public void handshake(
            String version, String cipher, List<CertificateFacts> chain, PeerCertificate verdict, long nowNanos) {
        isSecured = true;
        tls = Optional.of(new TlsFacts(version, cipher, chain, verdict, millis(nowNanos - tlsBegunNanos)));
    }

    /** An input is about to be given to the machine. */
    public void saw(StreamInput input) {
        if (!(input instanceof StreamInput.Received received)) {
            return;
        }
        if (received.event() instanceof XmlEvent.StreamOpened opened) {
            StreamHeader header = opened.header();
            dialbackDeclared = header.declaresDialback();
        } else if (received.event() instanceof XmlEvent.FirstLevel first) {
            saw(first.element());
        }
    }

    private void saw(XmlElement element) {
        if (element.is(Xmlns.STREAM, "features")) {
            FeatureFacts facts = FeatureFacts.of(element, dialbackDeclared);
            if (!isSecured) {
                plain = Optional.of(facts);
            } else if (secured.isEmpty()) {
                secured = Optional.of(facts);
            }
        } else if (element.is(Xmlns.SASL, "failure")) {
            saslFailure = Optional.of(failure(element));
        }
    }

    private static String failure(XmlElement element) {
        StringBuilder text = new StringBuilder();
        for (XmlElement child : element.elements()) {
            String words = child.name().local().equals("text")
                    ? "\"" + child.text() + "\""
                    : child.name().local();
            text.append(text.isEmpty() ? "" : " ").append(words);
        }
        String all = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "..." : text.toString();
        return all.replaceAll("\\p{Cntrl}", " ");
    }

    /** The machine wants this done. */
    public void did(List<StreamEffect> effects, long nowNanos) {
        for (StreamEffect effect : effects) {
            if (effect instanceof StreamEffect.StartTls) {
                tlsBegunNanos = nowNanos;
            } else if (effect instanceof StreamEffect.Ready ready) {
                authenticated = Optional.of(ready.method());
            }
        }
    }

    /** Whether what is offered behind TLS was seen. */
    public boolean hasSeenFeatures() {
        return secured.isPresent();
    }

    /** Everything, now that it is over. */
    public ProbeFacts facts(StreamEnd end, long nowNanos) {
        return new ProbeFacts(
                target,
                connectMillis,
                plain,
                tls,
                secured,
                saslFailure,
                authenticated,
                millis(nowNanos - begunNanos),
                end);
    }

    private static long millis(long nanos) {
        return Math.max(0, nanos / NANOS_IN_MILLI);
    }
}

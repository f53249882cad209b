package io.wavegate.s2s.stream;

import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What can happen to a stream. */
public sealed interface StreamInput {
    /**
     * The TCP connection is up.
     *
     * @param directTls whether TLS comes before the first byte of XML (XEP-0368)
     */
    record Connected(boolean directTls) implements StreamInput {
        /** A connection whose TLS, if any, begins by STARTTLS. */
        public Connected() {
            this(false);
        }
    }

    /** Something was read. */
    record Received(XmlEvent event) implements StreamInput {}

    /**
     * The TLS handshake is done.
     *
     * @param certificate the peer's, to be judged for any domain
     * @param ownEnds when the certificate that we showed is to be used no more; empty if we showed none that is valid
     */
    record Secured(PresentedCertificate certificate, Optional<Instant> ownEnds) implements StreamInput {
        /** With no certificate of ours that could end. */
        public Secured(PresentedCertificate certificate) {
            this(certificate, Optional.empty());
        }
    }

    /** The TLS handshake failed, or the TLS layer later found a fault. */
    record TlsFailed(String text) implements StreamInput {}

    /** The connection is gone, with or without a word. */
    record Disconnected(String text) implements StreamInput {}

    /** A timer ran out. */
    record TimedOut(StreamTimer timer) implements StreamInput {}

    /** The authoritative server's answer to what {@link StreamEffect.AskDialback} asked. */
    record DialbackAnswered(DialbackQuestion question, DialbackAnswer answer) implements StreamInput {}

    /** So many more of the delivered stanzas, in order, are dealt with: stored, answered or rejected. */
    record Handled(int stanzas) implements StreamInput {}

    /** Nothing was written for long: time to show that we live, and to see whether the peer does. */
    record Quiet() implements StreamInput {}

    /** Stanzas for the peer. */
    record Send(List<XmlElement> stanzas) implements StreamInput {}

    /** We want the stream to end, for this reason. */
    record Close(StreamEnd end) implements StreamInput {}
}

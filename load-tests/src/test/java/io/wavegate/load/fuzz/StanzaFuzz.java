package io.wavegate.load.fuzz;

import io.wavegate.s2s.federation.BadStanzaException;
import io.wavegate.s2s.federation.HistoryCodec;
import io.wavegate.s2s.federation.Incoming;
import io.wavegate.s2s.federation.IncomingReader;
import io.wavegate.s2s.federation.SignerCodec;
import io.wavegate.s2s.federation.SubmitCodec;
import io.wavegate.s2s.federation.UpdateCodec;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlEvent;
import io.wavegate.s2s.xml.XmlLimits;
import io.wavegate.s2s.xml.XmlWriter;
import io.wavegate.s2s.xml.XmppParser;
import java.util.Map;
import java.util.Optional;

/** Stanzas of an authenticated peer: each is read or refused, no refusal of ours is unwritable, nothing else is thrown. */
public final class StanzaFuzz {
    private static final byte[] HEADER =
            new XmlWriter().header(Map.of("id", "1")).toBytes();

    /** Reads the payload of an answer. */
    private interface Reader {
        Object read(XmlElement payload) throws BadStanzaException;
    }

    private StanzaFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        XmppParser parser = new XmppParser(XmlLimits.ofBytes(512 * 1024));
        parser.feed(HEADER.clone());
        parser.next();
        parser.feed(input.clone());
        for (Optional<XmlEvent> next = parser.next(); next.isPresent(); next = parser.next()) {
            if (next.get() instanceof XmlEvent.FirstLevel first) {
                read(first.element());
            }
        }
    }

    private static void read(XmlElement stanza) {
        if (IncomingReader.read(stanza) instanceof Incoming.Refused refused) {
            XmlWriter.write(refused.reply());
        }
        for (XmlElement payload : stanza.elements()) {
            if (payload.is(Namespaces.PUBSUB, "pubsub")) {
                read(payload, SubmitCodec::readResponse);
                read(payload, HistoryCodec::readResponse);
                read(payload, SignerCodec::readResponse);
            } else if (payload.is(Namespaces.PUBSUB_EVENT, "event")) {
                read(payload, UpdateCodec::read);
            }
        }
    }

    private static void read(XmlElement payload, Reader reader) {
        try {
            reader.read(payload);
        } catch (BadStanzaException e) {
            if (e.text().isEmpty()) {
                throw new IllegalStateException("refused without a reason", e);
            }
        }
    }
}

package io.wavegate.s2s.stream;

import static io.wavegate.s2s.stream.Screenplay.ADA;
import static io.wavegate.s2s.stream.Screenplay.BEE;
import static io.wavegate.s2s.stream.Screenplay.header;
import static io.wavegate.s2s.stream.Screenplay.peerOpens;

import io.wavegate.s2s.stream.StreamPolicy.Authentication;
import io.wavegate.s2s.stream.StreamPolicy.Tls;

/** The first acts of plays in which bee.example opens a stream to us, and what is said in them again and again. */
final class ReceivingPlays {
    static final String THEIR_HEADER = header("from='bee.example' to='ada.example' version='1.0'");
    static final String STARTTLS = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
    static final String PROCEED = "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
    static final String TLS_FEATURES = "<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'>"
            + "<required/></starttls></stream:features>";
    static final String DIALBACK = "<dialback xmlns='urn:xmpp:features:dialback'><errors/></dialback>";
    static final String BIDI = "<bidi xmlns='urn:xmpp:features:bidi'/>";
    static final String LIMITS = "<limits xmlns='urn:xmpp:stream-limits:0'><max-bytes>524288</max-bytes>"
            + "<idle-seconds>3600</idle-seconds></limits>";
    /** What is offered on every secured stream, before and after authentication. */
    static final String ALWAYS = DIALBACK + "<sm xmlns='urn:xmpp:sm:3'/>" + LIMITS;

    static final String EXTERNAL =
            "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>" + "<mechanism>EXTERNAL</mechanism></mechanisms>";
    static final String SUCCESS = "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>";
    static final String REQUEST = "<db:result from='bee.example' to='ada.example'>KEY</db:result>";
    static final String VALID = "<db:result from='ada.example' to='bee.example' type='valid'/>";
    static final StreamPolicy STRICT = new StreamPolicy(Tls.REQUIRED, Authentication.CERTIFICATE);
    static final StreamPolicy DIALBACK_ONLY = new StreamPolicy(Tls.REQUIRED, Authentication.DIALBACK);
    static final StreamPolicy PLAIN = new StreamPolicy(Tls.PLAINTEXT_ALLOWED, Authentication.CERTIFICATE_OR_DIALBACK);

    private ReceivingPlays() {}

    static String ourHeader(String id) {
        return header("from='ada.example' to='bee.example' id='" + id + "' version='1.0' xml:lang='en'");
    }

    static String features(String inside) {
        return inside.isEmpty() ? "<stream:features/>" : "<stream:features>" + inside + "</stream:features>";
    }

    static String auth(String payload) {
        return "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'>" + payload + "</auth>";
    }

    static String message(String from, String to) {
        return "<message from='" + from + "' to='" + to + "'><body>hi</body></message>";
    }

    static String error(String condition) {
        return "type='error'><error type='cancel'><" + condition
                + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></db:result>";
    }

    static Screenplay securing(StreamPolicy policy) {
        return peerOpens(policy)
                .peerSends(THEIR_HEADER)
                .weSend(ourHeader("id1") + TLS_FEATURES)
                .peerSends(STARTTLS)
                .weSend(PROCEED)
                .startsTls();
    }

    static Screenplay secured(StreamPolicy policy, String... proved) {
        return securing(policy).tlsProving(proved).peerSends(THEIR_HEADER);
    }

    static Screenplay establishedByExternal() {
        return secured(STRICT, BEE)
                .weSend(ourHeader("id2") + features(EXTERNAL + BIDI + ALWAYS))
                .peerSends(auth("YmVlLmV4YW1wbGU="))
                .weSend(SUCCESS)
                .peerSends(THEIR_HEADER)
                .weSend(ourHeader("id3") + features(ALWAYS))
                .ready(ADA, BEE, AuthenticatedBy.SASL_EXTERNAL)
                .noDeadline();
    }

    static Screenplay asked() {
        return secured(DIALBACK_ONLY, BEE)
                .weSend(ourHeader("id2") + features(BIDI + ALWAYS))
                .peerSends(REQUEST)
                .then(new StreamEffect.AskDialback(question()));
    }

    static DialbackQuestion question() {
        return new DialbackQuestion(BEE, ADA, "id2", "KEY");
    }

    static StreamInput answered(DialbackAnswer answer) {
        return new StreamInput.DialbackAnswered(question(), answer);
    }
}

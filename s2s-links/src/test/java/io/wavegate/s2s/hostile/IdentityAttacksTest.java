package io.wavegate.s2s.hostile;

import static io.wavegate.s2s.hostile.AttackedGateway.ADA;
import static io.wavegate.s2s.hostile.AttackedGateway.BEE;
import static io.wavegate.s2s.hostile.AttackedGateway.MALLORY;
import static io.wavegate.s2s.hostile.AttackedGateway.message;
import static io.wavegate.s2s.netty.LoopbackGateway.good;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.netty.RawPeer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who somebody is: headers, SASL and addresses that claim to be somebody else. */
class IdentityAttacksTest {
    @RegisterExtension
    static final AttackedGateway gateway = new AttackedGateway("");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<message from='x.bee.example' to='ada.example'/>|invalid-from",
                "<message from='example' to='ada.example'/>|invalid-from",
                "<message from='bee.example.x' to='ada.example'/>|invalid-from",
                "<message from='ada.example' to='ada.example'/>|invalid-from",
                "<message from='mallory@cat.example/bee.example' to='ada.example'/>|invalid-from",
                "<message from='bee.example@cat.example' to='ada.example'/>|invalid-from",
                "<message to='ada.example'/>|improper-addressing",
                "<message from='bee.example'/>|improper-addressing",
                "<message from='' to='ada.example'/>|improper-addressing",
                "<message from='@bee.example' to='ada.example'/>|improper-addressing",
                "<message from='bee.example' to='a@b@ada.example'/>|improper-addressing",
                "<message from='bee.example' to='x.ada.example'/>|host-unknown",
                "<message from='bee.example' to='dan.example'/>|host-unknown",
            })
    void addressesThatWereNotProvenEndTheStream(String stanza, String condition)
            throws IOException, GeneralSecurityException {
        try (RawPeer bee = gateway.authenticated(BEE)) {
            bee.sends(stanza);
            endsWith(bee, condition);
        }
    }

    /** One domain in all its forms is one domain, and what looks like it is another. */
    @ParameterizedTest
    @CsvSource({
        "BEE.example, true",
        "bee.example., true",
        "ｂｅｅ.example, true",
        "x@Bee.Example/Desk, true",
        "bеe.example, false",
        "béé.example, false",
        "bee.exampl€, false",
    })
    void formsOfOneDomain(String from, boolean same) throws IOException, GeneralSecurityException {
        try (RawPeer bee = gateway.authenticated(BEE)) {
            bee.sends(message(from, "form of " + from));
            if (same) {
                AttackedGateway.arrives(gateway.ada, "form of " + from);
            } else {
                assertThat(bee.readsToTheEnd()).containsAnyOf("<invalid-from ", "<improper-addressing ");
                gateway.tookNothing();
            }
        }
    }

    @Test
    void domainInALabelsIsTheSameInULabels() throws IOException, GeneralSecurityException {
        String ascii = "xn--bcher-kva.example";
        try (RawPeer books = gateway.secured(ascii, good(ascii)).authenticates(ascii, ADA)) {
            books.sends(message("bücher.example", "umlaut"));
            AttackedGateway.arrives(gateway.ada, "umlaut");
            books.sends(message("bucher.example", "no umlaut"));
            endsWith(books, "invalid-from");
        }
    }

    /** CVE-2018-10847: what a stream says before it is secured holds afterwards. */
    @ParameterizedTest
    @CsvSource({
        "mallory.example, ada.example, invalid-from",
        "bee.example, bee.example, host-unknown",
        "ada.example, ada.example, invalid-from",
    })
    void headerThatChangesWithTls(String from, String to, String condition)
            throws IOException, GeneralSecurityException {
        try (RawPeer peer = gateway.connect()) {
            peer.sends(RawPeer.header(BEE, ADA)).reads("</stream:features>");
            peer.sends(RawPeer.STARTTLS).reads("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
            peer.startsTls(good(from));
            peer.sends(RawPeer.header(from, to));
            endsWith(peer, condition);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mallory.example, ada.example, invalid-from",
        "x.bee.example, ada.example, invalid-from",
        "bee.example, dan.example, host-unknown",
    })
    void headerThatChangesWithSasl(String from, String to, String condition)
            throws IOException, GeneralSecurityException {
        try (RawPeer bee = gateway.secured(BEE)) {
            bee.sends("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'>=</auth>")
                    .reads("<success");
            bee.reads("/>");
            bee.sends(RawPeer.header(from, to));
            endsWith(bee, condition);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada.example", "ADA.example.", "ａｄａ.example"})
    void headerFromOurOwnDomain(String from) throws IOException {
        try (RawPeer peer = gateway.connect()) {
            peer.sends(RawPeer.header(from, ADA));
            endsWith(peer, "invalid-from");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ada@bee.example, invalid-authzid",
        "bee.example/x, invalid-authzid",
        "mallory.example, invalid-authzid",
        "x.bee.example, invalid-authzid",
        "ada.example, invalid-authzid",
    })
    void identityOfSomebodyElse(String identity, String condition) throws IOException, GeneralSecurityException {
        fails(gateway.secured(BEE), Base64.getEncoder().encodeToString(identity.getBytes(UTF_8)), condition);
    }

    @ParameterizedTest
    @CsvSource({
        "***, incorrect-encoding",
        "YmVlLmV4YW1wbGU, incorrect-encoding",
        "YmVlLmV4YW1wbGV=, incorrect-encoding",
        "/w==, incorrect-encoding",
        "YmVlLmV4YW1wbGUA, invalid-authzid",
    })
    void identityThatIsNone(String payload, String condition) throws IOException, GeneralSecurityException {
        fails(gateway.secured(BEE), payload, condition);
    }

    @Test
    void identityWithoutACertificateForIt() throws IOException, GeneralSecurityException {
        fails(gateway.secured(BEE, good(MALLORY)), "=", "not-authorized");
    }

    private static void fails(RawPeer peer, String payload, String condition) throws IOException {
        try (peer) {
            String auth = "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'>" + payload + "</auth>";
            for (int attempt = 1; attempt < 3; attempt++) {
                assertThat(peer.sends(auth).reads("</failure>")).contains("<" + condition + "/>");
            }
            peer.sends(auth);
            endsWith(peer, "policy-violation");
            gateway.tookNothing();
        }
    }

    @Test
    void mechanismThatIsNotOffered() throws IOException, GeneralSecurityException {
        try (RawPeer bee = gateway.secured(BEE)) {
            bee.sends("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>AGEAYg==</auth>");
            assertThat(bee.reads("</failure>")).contains("<invalid-mechanism/>");
        }
    }

    /** Compression has been a way around TLS and a way to blow up (CVE-2014-8760, VU#495476): there is none. */
    @Test
    void compressionIsNeitherOfferedNorTaken() throws IOException, GeneralSecurityException {
        String compress = "<compress xmlns='http://jabber.org/protocol/compress'><method>zlib</method></compress>";
        try (RawPeer plain = gateway.connect()) {
            assertThat(plain.sends(RawPeer.header(BEE, ADA)).reads("</stream:features>"))
                    .doesNotContain("compress");
            plain.sends(compress);
            endsWith(plain, "unsupported-stanza-type");
        }
        try (RawPeer bee = gateway.authenticated(BEE)) {
            bee.sends(compress);
            endsWith(bee, "unsupported-stanza-type");
        }
    }

    @Test
    void secondStarttls() throws IOException, GeneralSecurityException {
        try (RawPeer bee = gateway.secured(BEE)) {
            bee.sends(RawPeer.STARTTLS);
            endsWith(bee, "unsupported-stanza-type");
        }
    }

    @Test
    void stanzasBeforeAuthentication() throws IOException, GeneralSecurityException {
        try (RawPeer plain = gateway.connect();
                RawPeer secured = gateway.secured(BEE)) {
            plain.sends(RawPeer.header(BEE, ADA)).reads("</stream:features>");
            plain.sends(message(BEE, "too early"));
            endsWith(plain, "policy-violation");
            secured.sends(message(BEE, "too early"));
            endsWith(secured, "not-authorized");
            gateway.tookNothing();
        }
    }

    private static void endsWith(RawPeer peer, String condition) throws IOException {
        assertThat(peer.readsToTheEnd()).contains("<" + condition + " ").endsWith("</stream:stream>");
        gateway.tookNothing();
    }
}

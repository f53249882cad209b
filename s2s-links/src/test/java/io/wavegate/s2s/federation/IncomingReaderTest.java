package io.wavegate.s2s.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.Xml;
import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.stanza.StanzaError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IncomingReaderTest {
    private static final String WAVE = "xmlns='http://waveprotocol.org/protocol/0.2/waveserver'";
    private static final String NAME = "wavelet-name='wave://a.test/w+1/conv+root'";

    private static Incoming read(String xml) {
        return IncomingReader.read(Xml.stanza(xml));
    }

    private static Incoming iq(String type, String pubsub) {
        return read("<iq id='1' from='b.test' to='a.test' type='" + type
                + "'><pubsub xmlns='http://jabber.org/protocol/pubsub'>" + pubsub + "</pubsub></iq>");
    }

    private static Incoming history(String attributes) {
        return iq("get", "<items node='wavelet'><delta-history " + WAVE + " " + attributes + "/></items>");
    }

    private static Incoming event(String items) {
        return read("<message id='1' from='b.test' to='a.test'><request xmlns='urn:xmpp:receipts'/>"
                + "<event xmlns='http://jabber.org/protocol/pubsub#event'>" + items + "</event></message>");
    }

    private static Incoming update(String name, String content) {
        return event("<items><item><wavelet-update " + WAVE + " " + name + ">" + content
                + "</wavelet-update></item></items>");
    }

    private static ErrorCondition condition(Incoming incoming) {
        return StanzaError.in(((Incoming.Refused) incoming).reply()).condition();
    }

    /** Where the reference says nothing (spec 9.4). */
    @Test
    void silenceOfTheReferenceIsABadRequestHere() {
        assertThat(condition(iq("set", ""))).isEqualTo(ErrorCondition.BAD_REQUEST);
        assertThat(condition(iq("get", "<items/>"))).isEqualTo(ErrorCondition.BAD_REQUEST);
        assertThat(condition(iq("set", "<publish/>"))).isEqualTo(ErrorCondition.BAD_REQUEST);
        assertThat(condition(read("<iq id='1' type='get' from='b.test' to='a.test'/>")))
                .isEqualTo(ErrorCondition.BAD_REQUEST);
        String hashes = " start-version-hash='AAAA' end-version-hash='AAAA'";
        assertThat(condition(history(NAME + " start-version='5' end-version='5'" + hashes)))
                .isEqualTo(ErrorCondition.BAD_REQUEST);
        assertThat(condition(history("wavelet-name='a.test/w+1/conv+root' start-version='1' end-version='5'" + hashes)))
                .isEqualTo(ErrorCondition.BAD_REQUEST);
        assertThat(condition(update(NAME, "<commit-notice version='5'/>"))).isEqualTo(ErrorCondition.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "+5", "x", "", "9223372036854775808", "1.0", " 5", "\u0665"})
    void numbersAreDecimalDigitsThatFit(String number) {
        assertThat(condition(update(NAME, "<commit-notice version='" + number + "' history-hash='AAAA'/>")))
                .isEqualTo(ErrorCondition.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AA-_", "AAA!", "", "QUF=B"})
    void base64IsOfTheStandardAlphabet(String base64) {
        assertThat(condition(update(NAME, "<applied-delta>" + base64 + "</applied-delta>")))
                .isEqualTo(ErrorCondition.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUFB", "\n QUFB\t", "QU\r\nFB", "<![CDATA[QUFB]]>", "QUE", "QUE="})
    void base64MayHaveWhiteSpaceAndCdataAndNoPadding(String base64) {
        assertThat(update(NAME, "<applied-delta>" + base64 + "</applied-delta>"))
                .isInstanceOf(Incoming.Request.class);
    }

    @Test
    void listsAreBounded() {
        String certificate = "<certificate>QUFB</certificate>";
        String signature = "<publish node='signer'><item><signature " + WAVE + " domain='b.test' algorithm='SHA256'>";
        assertThat(condition(iq("set", signature + certificate.repeat(17) + "</signature></item></publish>")))
                .isEqualTo(ErrorCondition.BAD_REQUEST);
        String update =
                "<wavelet-update " + WAVE + " " + NAME + "><applied-delta>QUFB</applied-delta></wavelet-update>";
        assertThat(condition(event("<items><item>" + update.repeat(257) + "</item></items>")))
                .isEqualTo(ErrorCondition.BAD_REQUEST);
    }

    @Test
    void updatesOfSeveralDomainsInOneMessageAreRefused() {
        String update = "<item><wavelet-update " + WAVE + " wavelet-name='wave://%s/w+1/conv+root'>"
                + "<applied-delta>QUFB</applied-delta></wavelet-update></item>";
        assertThat(condition(event("<items>" + update.formatted("a.test") + update.formatted("b.test") + "</items>")))
                .isEqualTo(ErrorCondition.BAD_REQUEST);
    }

    @Test
    void everyUpdateOfAnItemCounts() {
        String update =
                "<wavelet-update " + WAVE + " " + NAME + "><applied-delta>QUFB</applied-delta></wavelet-update>";
        Incoming.Request request =
                (Incoming.Request) event("<items node='n'><item id='1'>" + update.repeat(3) + "</item></items>");
        assertThat(((FederationRequest.Update) request.request()).updates()).hasSize(3);
    }

    @Test
    void receiptsOfBothKindsNameWhatTheyAreFor() {
        String old = "<message id='u' from='b.test' to='a.test'><received xmlns='urn:xmpp:receipts'/></message>";
        String modern =
                "<message id='fresh' from='b.test' to='a.test'><received xmlns='urn:xmpp:receipts' id='u'/></message>";
        assertThat(((Incoming.Answer) read(old)).id()).isEqualTo("u");
        assertThat(((Incoming.Answer) read(modern)).id()).isEqualTo("u");
    }

    @Test
    void otherRequestsAndChatGetServiceUnavailable() {
        assertThat(condition(read("<iq id='1' type='set' from='b.test' to='a.test'><foo xmlns='urn:foo'/></iq>")))
                .isEqualTo(ErrorCondition.SERVICE_UNAVAILABLE);
        assertThat(condition(
                        read("<iq id='1' type='get' from='b.test' to='x@a.test'><ping xmlns='urn:xmpp:ping'/></iq>")))
                .isEqualTo(ErrorCondition.SERVICE_UNAVAILABLE);
        assertThat(condition(read("<message type='chat' from='b.test' to='a.test'><body>hi</body></message>")))
                .isEqualTo(ErrorCondition.SERVICE_UNAVAILABLE);
    }

    @Test
    void errorIsOfTheReferencesForm() {
        Incoming.Refused refused = (Incoming.Refused) iq("get", "<items node='foo'/>");
        assertThat(Xml.text(refused.reply()))
                .isEqualTo("<iq id='1' from='a.test' to='b.test' type='error'><error type='modify' code='400'>"
                        + "<bad-request xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
                        + "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas' xml:lang='en'>"
                        + "The node is neither wavelet nor signer.</text></error></iq>");
    }
}

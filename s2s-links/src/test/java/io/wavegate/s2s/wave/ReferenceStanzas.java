package io.wavegate.s2s.wave;

import com.google.protobuf.ByteString;
import io.wavegate.s2s.Xml;
import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** The stanzas of the reference, written out as spec 3 has them and not by our codecs. */
final class ReferenceStanzas {
    private static final String WAVE = " xmlns='" + Namespaces.WAVE + "'";

    private ReferenceStanzas() {}

    static XmlElement iq(String type, Addresses addresses, String payload) {
        return Xml.stanza("<iq type='" + type + "'" + of(addresses) + ">" + payload + "</iq>");
    }

    static XmlElement receipt(Addresses addresses) {
        return Xml.stanza("<message" + of(addresses) + "><received xmlns='" + Namespaces.RECEIPTS + "'/></message>");
    }

    /** Each of {@code items} in an item of its own. */
    static XmlElement update(Addresses addresses, List<String> items) {
        String all = items.stream().map(item -> "<item>" + item + "</item>").collect(Collectors.joining());
        return Xml.stanza("<message type='normal'" + of(addresses) + "><request xmlns='" + Namespaces.RECEIPTS
                + "'/><event xmlns='" + Namespaces.PUBSUB_EVENT + "'><items>" + all + "</items></event></message>");
    }

    static String waveletUpdate(WaveletName wavelet, String content) {
        return "<wavelet-update" + WAVE + " wavelet-name=\"" + wavelet.toUri() + "\">" + content + "</wavelet-update>";
    }

    static String delta(ByteString bytes) {
        return "<applied-delta>" + cdata(bytes) + "</applied-delta>";
    }

    static String commit(HashedVersion version) {
        return "<commit-notice version='" + version.version() + "' history-hash='" + base64(version.historyHash())
                + "'/>";
    }

    static XmlElement error(String stanza, Addresses addresses, String condition, String type, int code, String text) {
        String namespace = " xmlns='" + Namespaces.STANZA_ERRORS + "'";
        return Xml.stanza("<" + stanza + " type='error'" + of(addresses) + "><error type='" + type + "' code='" + code
                + "'><" + condition + namespace + "/><text" + namespace + " xml:lang='en'>" + text
                + "</text></error></" + stanza + ">");
    }

    static String history(WaveletName wavelet, HashedVersion start, HashedVersion end) {
        return pubsub("<items node='wavelet'><delta-history" + WAVE + " start-version='" + start.version()
                + "' start-version-hash='" + base64(start.historyHash()) + "' end-version='" + end.version()
                + "' end-version-hash='" + base64(end.historyHash()) + "' wavelet-name=\"" + wavelet.toUri()
                + "\"/></items>");
    }

    /** Both versions are always the end that was asked for, and mean nothing (spec 3.6). */
    static String historyAnswer(List<ByteString> deltas, String end) {
        String all = deltas.stream()
                .map(delta -> "<item><applied-delta" + WAVE + ">" + cdata(delta) + "</applied-delta></item>")
                .collect(Collectors.joining());
        return pubsub("<items>" + all + "<item><commit-notice" + WAVE + " version='" + end
                + "'/></item><item><history-truncated" + WAVE + " version='" + end + "'/></item></items>");
    }

    static String signerRequest(WaveletName wavelet, ByteString id, HashedVersion end) {
        return pubsub("<items node='signer'><signer-request" + WAVE + " signer-id='" + base64(id) + "' history-hash='"
                + base64(end.historyHash()) + "' version='" + end.version() + "' wavelet-name=\"" + wavelet.toUri()
                + "\"/></items>");
    }

    static String signerAnswer(SignerInfo signer) {
        return pubsub("<items>" + signature(signer) + "</items>");
    }

    static String signerPost(SignerInfo signer) {
        return pubsub("<publish node='signer'><item>" + signature(signer) + "</item></publish>");
    }

    static String signerPosted() {
        return pubsub("<publish><item node='signer'><signature-response" + WAVE + "/></item></publish>");
    }

    static String submit(WaveletName wavelet, ByteString signed) {
        return pubsub("<publish node='wavelet'><item><submit-request" + WAVE + "><delta wavelet-name=\""
                + wavelet.toUri() + "\">" + cdata(signed) + "</delta></submit-request></item></publish>");
    }

    static String submitted(HashedVersion version, int operations, long timestamp) {
        return pubsub("<publish><item><submit-response" + WAVE + " application-timestamp='" + timestamp
                + "' operations-applied='" + operations + "'><hashed-version history-hash='"
                + base64(version.historyHash()) + "' version='" + version.version()
                + "'/></submit-response></item></publish>");
    }

    private static String signature(SignerInfo signer) {
        String chain = signer.certificates().stream()
                .map(certificate -> "<certificate>" + cdata(certificate) + "</certificate>")
                .collect(Collectors.joining());
        return "<signature" + WAVE + " domain='" + signer.domain() + "' algorithm='"
                + signer.hashAlgorithm().name() + "'>" + chain + "</signature>";
    }

    private static String pubsub(String content) {
        return "<pubsub xmlns='" + Namespaces.PUBSUB + "'>" + content + "</pubsub>";
    }

    private static String of(Addresses addresses) {
        return " id='" + addresses.id() + "' from='" + addresses.from() + "' to='" + addresses.to() + "'";
    }

    private static String cdata(ByteString bytes) {
        return "<![CDATA[" + base64(bytes) + "]]>";
    }

    private static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}

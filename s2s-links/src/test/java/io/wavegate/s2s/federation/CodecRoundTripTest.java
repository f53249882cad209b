package io.wavegate.s2s.federation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.wavegate.s2s.Xml;
import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.stanza.IqType;
import io.wavegate.s2s.stanza.Stanzas;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.api.History;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.api.WaveletUpdate;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written, sent and read is what it was. */
final class CodecRoundTripTest {
    private static final Addresses ADDRESSES = new Addresses("x+/=", "a.test", "b.test");

    private static XmlElement wired(XmlElement payload) {
        return Xml.again(Stanzas.request(IqType.GET, ADDRESSES, payload))
                .elements()
                .get(0);
    }

    private static FederationRequest arrived(IqType type, XmlElement payload) {
        Incoming incoming = IncomingReader.read(Xml.again(Stanzas.request(type, ADDRESSES, payload)));
        return ((Incoming.Request) incoming).request();
    }

    @Property(tries = 100)
    void updates(@ForAll("updates") WaveletUpdate update) {
        XmlElement message =
                Xml.again(Stanzas.message(ADDRESSES, List.of(Receipts.request(), UpdateCodec.event(update))));
        Incoming.Request request = (Incoming.Request) IncomingReader.read(message);
        assertThat(request.request()).isEqualTo(new FederationRequest.Update(List.of(update), true));
        assertThat(request.addresses()).isEqualTo(ADDRESSES.reversed());
    }

    @Property(tries = 50)
    void partsOfAnUpdateAreTheUpdate(@ForAll("updates") WaveletUpdate update) {
        List<WaveletUpdate> parts = UpdateParts.of(update, 10);
        assertThat(parts.stream().flatMap(part -> part.appliedDeltas().stream()).toList())
                .isEqualTo(update.appliedDeltas());
        assertThat(parts.get(parts.size() - 1).committed()).isEqualTo(update.committed());
        assertThat(parts)
                .allMatch(part -> part.appliedDeltas().size() <= 1
                        || part.appliedDeltas().stream()
                                        .mapToLong(ByteString::size)
                                        .sum()
                                <= 10);
    }

    @Property(tries = 100)
    void submits(
            @ForAll("names") WaveletName name,
            @ForAll("bytes") ByteString delta,
            @ForAll("versions") HashedVersion version)
            throws BadStanzaException {
        SubmitCodec.Request request = new SubmitCodec.Request(name, delta);
        assertThat(arrived(IqType.SET, SubmitCodec.request(request))).isEqualTo(new FederationRequest.Submit(request));
        SubmitResult.Applied applied = new SubmitResult.Applied(version, 3, version.version());
        assertThat(SubmitCodec.readResponse(wired(SubmitCodec.response(applied))))
                .isEqualTo(applied);
    }

    @Property(tries = 100)
    void signers(
            @ForAll("signers") SignerInfo signer,
            @ForAll("names") WaveletName name,
            @ForAll("bytes") ByteString id,
            @ForAll("versions") HashedVersion end)
            throws BadStanzaException {
        assertThat(arrived(IqType.SET, SignerCodec.post(signer))).isEqualTo(new FederationRequest.PostSigner(signer));
        assertThat(SignerCodec.readResponse(wired(SignerCodec.response(signer))))
                .isEqualTo(signer);
        SignerCodec.Request request = new SignerCodec.Request(id, name, end);
        assertThat(arrived(IqType.GET, SignerCodec.request(request)))
                .isEqualTo(new FederationRequest.AskSigner(request));
    }

    @Property(tries = 100)
    void histories(
            @ForAll("names") WaveletName name,
            @ForAll("versions") HashedVersion end,
            @ForAll("deltas") List<ByteString> deltas,
            @ForAll boolean truncated)
            throws BadStanzaException {
        HashedVersion start = new HashedVersion(0, ByteString.copyFromUtf8(name.toUri()));
        HistoryCodec.Request request = new HistoryCodec.Request(
                name, start, end, truncated ? OptionalLong.of(end.version()) : OptionalLong.empty());
        assertThat(arrived(IqType.GET, HistoryCodec.request(request)))
                .isEqualTo(new FederationRequest.AskHistory(request));
        History history =
                new History(deltas, truncated ? OptionalLong.empty() : OptionalLong.of(end.version()), truncated);
        assertThat(HistoryCodec.readResponse(wired(HistoryCodec.response(history, end.version()))))
                .isEqualTo(history);
    }

    @Provide
    Arbitrary<WaveletName> names() {
        Arbitrary<String> domains = Arbitraries.of("a.test", "b.test", "x.y.example");
        Arbitrary<String> ids = Arbitraries.strings()
                .withChars("abzAZ09-._+*~@\u00e9\u4e2d")
                .ofMinLength(1)
                .ofMaxLength(12);
        return Combinators.combine(domains, ids, domains, ids)
                .as((waveDomain, wave, domain, wavelet) -> new WaveletName(waveDomain, wave, domain, wavelet))
                .filter(name -> WaveletName.parseUri(name.toUri()).equals(Optional.of(name)));
    }

    @Provide
    Arbitrary<ByteString> bytes() {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(40)
                .map(ByteString::copyFrom);
    }

    @Provide
    Arbitrary<HashedVersion> versions() {
        return Combinators.combine(Arbitraries.longs().between(1, Long.MAX_VALUE), bytes())
                .as(HashedVersion::new);
    }

    @Provide
    Arbitrary<List<ByteString>> deltas() {
        return bytes().list().ofMaxSize(5);
    }

    @Provide
    Arbitrary<WaveletUpdate> updates() {
        return Combinators.combine(names(), deltas(), versions().optional())
                .as(WaveletUpdate::new)
                .filter(update ->
                        !update.appliedDeltas().isEmpty() || update.committed().isPresent());
    }

    @Provide
    Arbitrary<SignerInfo> signers() {
        return Combinators.combine(
                        Arbitraries.of(SignerInfo.HashAlgorithm.class),
                        Arbitraries.of("a.test", "b.test"),
                        bytes().list().ofMinSize(1).ofMaxSize(4))
                .as(SignerInfo::new);
    }
}

package io.wavegate.load.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.wavegate.s2s.federation.SignerCodec;
import io.wavegate.s2s.federation.SubmitCodec;
import io.wavegate.s2s.federation.UpdateCodec;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.api.WaveletUpdate;
import io.wavegate.wavelet.codec.DeltaCodec;
import io.wavegate.wavelet.codec.SignedDeltaCodec;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.SignedDelta;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import io.wavegate.wavelet.trust.DeltaSigner;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A domain that others vouch for and that lies, over authenticated streams to a running gateway: it gets the stated answer,
 * nothing of it is stored, and the session of two honest domains goes on.
 */
final class HostileDomainTest extends HostileFixture {
    @Test
    void forgedAuthor() throws Exception {
        refused(submit(own, delta(wave.alice())), "bad-request", "each domain submits for its own users");
    }

    @Test
    void badSignature() throws Exception {
        post(own);
        byte[] bytes = own.sign(delta(MALLORY)).bytes().toByteArray();
        bytes[bytes.length - 40] ^= 1;
        refused(submit(ByteString.copyFrom(bytes)), "bad-request", "");
        // The signature of another delta, on this one.
        ByteString other = delta(new ParticipantId("other@" + HostileDomain.NAME));
        SignedDelta swapped =
                SignedDeltaCodec.of(delta(MALLORY), own.sign(other).signatures());
        refused(submit(swapped.bytes()), "bad-request", "does not fit the delta");
    }

    @Test
    void unknownSigner() throws Exception {
        DeltaSigner unknown = hostile.signer("unknown.test", "unknown.test");
        refused(submit(unknown, delta(MALLORY)), "internal-server-error", "Post its certificates first");
    }

    @Test
    void certificateOfAnotherDomain() throws Exception {
        for (String claimed : List.of("somebody.test", HostileDomain.NAME)) {
            DeltaSigner somebody = hostile.signer(claimed, "somebody.test");
            refused(post(somebody), "bad-request", "Post those of your own domain");
            refused(submit(somebody, delta(MALLORY)), "internal-server-error", "Post its certificates first");
        }
        // Known here and good, but not for this author.
        wave.honestPeopleGoOn();
        DeltaSigner ofB = hostile.signer("b.test", "b.test");
        refused(submit(ofB, delta(MALLORY)), "bad-request", "does not speak for " + HostileDomain.NAME);
    }

    @Test
    void updatesOfWaveletsThatTheSenderDoesNotHost() throws Exception {
        WaveletName ofB = new WaveletName("b.test", "w+1", "b.test", "conv+root");
        for (WaveletName victim : List.of(ofB, wavelet)) {
            WaveletUpdate update = new WaveletUpdate(victim, List.of(), Optional.of(head));
            refused(hostile.tell(UpdateCodec.event(update)), "not-authorized", "Only the domain that hosts a wavelet");
        }
    }

    @Test
    void whatIsRightIsTaken() throws Exception {
        goodDeltaIsTaken();
    }

    private void goodDeltaIsTaken() throws Exception {
        assertThat(post(own).attribute("type")).contains("result");
        assertThat(submit(own, delta(MALLORY)).attribute("type")).contains("result");
        assertThat(wave.text(wavelet, DOCUMENT)).isEqualTo("hello");
    }

    private ByteString delta(ParticipantId author) {
        MutateDocument edit = new MutateDocument(DOCUMENT, new DocOp(List.of(new Characters("hello"))));
        return DeltaCodec.encode(new WaveletDelta(head, author, List.of(edit), List.of()));
    }

    private static XmlElement post(DeltaSigner signer) {
        return hostile.ask(SignerCodec.post(signer.info()));
    }

    private XmlElement submit(DeltaSigner signer, ByteString delta) {
        return submit(signer.sign(delta).bytes());
    }

    private XmlElement submit(ByteString signed) {
        return hostile.ask(SubmitCodec.request(new SubmitCodec.Request(wavelet, signed)));
    }
}

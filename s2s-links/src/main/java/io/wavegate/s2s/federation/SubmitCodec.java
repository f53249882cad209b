package io.wavegate.s2s.federation;

import com.google.protobuf.ByteString;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.util.Optional;

/** Submit requests and their answers (spec 3.3). */
public final class SubmitCodec {
    private SubmitCodec() {}

    /** What is asked. */
    public record Request(WaveletName wavelet, ByteString signedDelta) {}

    /** The {@code pubsub} of a request. */
    public static XmlElement request(Request request) {
        XmlElement delta = XmlElement.builder(Namespaces.WAVE, "delta")
                .attribute("wavelet-name", request.wavelet().toUri())
                .text(Fields.base64(request.signedDelta()))
                .build();
        return Pubsub.publish(
                Optional.of(Pubsub.WAVELET_NODE),
                Optional.empty(),
                XmlElement.builder(Namespaces.WAVE, "submit-request")
                        .child(delta)
                        .build());
    }

    /** Reads the {@code pubsub} of a request. */
    public static Request readRequest(XmlElement pubsub) throws BadStanzaException {
        XmlElement delta = Fields.child(Pubsub.published(pubsub, "submit-request"), Namespaces.WAVE, "delta");
        return new Request(Fields.waveletName(delta), Fields.content(delta));
    }

    /** The {@code pubsub} of an answer. */
    public static XmlElement response(SubmitResult.Applied applied) {
        XmlElement version = XmlElement.builder(Namespaces.WAVE, "hashed-version")
                .attribute("history-hash", Fields.base64(applied.version().historyHash()))
                .attribute("version", Long.toString(applied.version().version()))
                .build();
        return Pubsub.publish(
                Optional.empty(),
                Optional.empty(),
                XmlElement.builder(Namespaces.WAVE, "submit-response")
                        .attribute("application-timestamp", Long.toString(applied.timestampMillis()))
                        .attribute("operations-applied", Integer.toString(applied.operationsApplied()))
                        .child(version)
                        .build());
    }

    /** Reads the {@code pubsub} of an answer; all four values are required. */
    public static SubmitResult.Applied readResponse(XmlElement pubsub) throws BadStanzaException {
        XmlElement response = Pubsub.published(pubsub, "submit-response");
        HashedVersion version =
                Fields.version(Fields.child(response, Namespaces.WAVE, "hashed-version"), "version", "history-hash");
        long operations = Fields.number(response, "operations-applied");
        if (operations > Integer.MAX_VALUE) {
            throw new BadStanzaException("The operations-applied is out of range.");
        }
        return new SubmitResult.Applied(version, (int) operations, Fields.number(response, "application-timestamp"));
    }
}

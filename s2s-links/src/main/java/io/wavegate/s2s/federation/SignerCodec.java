package io.wavegate.s2s.federation;

import com.google.protobuf.ByteString;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Signers: posted ahead of a submit, and asked for (spec 3.4, 3.5). */
public final class SignerCodec {
    /** A chain longer than this is refused before any certificate is looked at. */
    static final int MAX_CERTIFICATES = 16;

    private SignerCodec() {}

    /** What is asked for. */
    public record Request(ByteString signerId, WaveletName wavelet, HashedVersion end) {}

    /** The {@code pubsub} of a post. */
    public static XmlElement post(SignerInfo signer) {
        return Pubsub.publish(Optional.of(Pubsub.SIGNER_NODE), Optional.empty(), signature(signer));
    }

    /** Reads the {@code pubsub} of a post. */
    public static SignerInfo readPost(XmlElement pubsub) throws BadStanzaException {
        return readSignature(Pubsub.published(pubsub, "signature"));
    }

    /** The {@code pubsub} of the answer to a post; the node is on the item (spec 3.4). */
    public static XmlElement postResponse() {
        return Pubsub.publish(
                Optional.empty(),
                Optional.of(Pubsub.SIGNER_NODE),
                XmlElement.builder(Namespaces.WAVE, "signature-response").build());
    }

    /** The {@code pubsub} of a request. */
    public static XmlElement request(Request request) {
        return Pubsub.items(
                Pubsub.SIGNER_NODE,
                XmlElement.builder(Namespaces.WAVE, "signer-request")
                        .attribute("signer-id", Fields.base64(request.signerId()))
                        .attribute("history-hash", Fields.base64(request.end().historyHash()))
                        .attribute("version", Long.toString(request.end().version()))
                        .attribute("wavelet-name", request.wavelet().toUri())
                        .build());
    }

    /** Reads the {@code pubsub} of a request. */
    public static Request readRequest(XmlElement pubsub) throws BadStanzaException {
        XmlElement request = Pubsub.listed(pubsub, "signer-request");
        HashedVersion end = Fields.version(request, "version", "history-hash");
        if (end.version() == 0) {
            throw new BadStanzaException("No delta ends at version 0.");
        }
        return new Request(Fields.hash(request, "signer-id"), Fields.waveletName(request), end);
    }

    /** The {@code pubsub} of the answer to a request. */
    public static XmlElement response(SignerInfo signer) {
        return Pubsub.wrap(Pubsub.element("items").child(signature(signer)).build());
    }

    /** Reads the {@code pubsub} of the answer to a request. */
    public static SignerInfo readResponse(XmlElement pubsub) throws BadStanzaException {
        return readSignature(Pubsub.listed(pubsub, "signature"));
    }

    private static XmlElement signature(SignerInfo signer) {
        XmlElement.Builder signature = XmlElement.builder(Namespaces.WAVE, "signature")
                .attribute("domain", signer.domain())
                .attribute("algorithm", signer.hashAlgorithm().name());
        for (ByteString certificate : signer.certificates()) {
            signature.child(XmlElement.builder(Namespaces.WAVE, "certificate")
                    .text(Fields.base64(certificate))
                    .build());
        }
        return signature.build();
    }

    private static SignerInfo readSignature(XmlElement signature) throws BadStanzaException {
        String domain = Fields.required(signature, "domain");
        SignerInfo.HashAlgorithm algorithm = algorithm(Fields.required(signature, "algorithm"));
        List<ByteString> certificates = new ArrayList<>();
        for (XmlElement child : signature.elements()) {
            if (child.is(Namespaces.WAVE, "certificate")) {
                if (certificates.size() == MAX_CERTIFICATES) {
                    throw new BadStanzaException("The signature has more than " + MAX_CERTIFICATES + " certificates.");
                }
                certificates.add(Fields.content(child));
            }
        }
        if (certificates.isEmpty()) {
            throw new BadStanzaException("The signature has no certificate.");
        }
        return new SignerInfo(algorithm, domain, certificates);
    }

    private static SignerInfo.HashAlgorithm algorithm(String name) throws BadStanzaException {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "SHA256" -> SignerInfo.HashAlgorithm.SHA256;
            case "SHA512" -> SignerInfo.HashAlgorithm.SHA512;
            default -> throw new BadStanzaException("The algorithm is neither SHA256 nor SHA512.");
        };
    }
}

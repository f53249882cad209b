package io.wavegate.wavelet.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.api.SignerInfo.HashAlgorithm;
import io.wavegate.wavelet.codec.proto.ProtocolSignerInfo;

/** ProtocolSignerInfo (spec section 4): how signers are stored; between servers they travel as XML. */
public final class SignerInfoCodec {
    private SignerInfoCodec() {}

    /** The canonical bytes of a signer. */
    public static ByteString encode(SignerInfo signer) {
        return ProtocolSignerInfo.newBuilder()
                .setHashAlgorithm(
                        signer.hashAlgorithm() == HashAlgorithm.SHA256
                                ? ProtocolSignerInfo.HashAlgorithm.SHA256
                                : ProtocolSignerInfo.HashAlgorithm.SHA512)
                .setDomain(signer.domain())
                .addAllCertificate(signer.certificates())
                .build()
                .toByteString();
    }

    /** Reads a signer; a refusal is {@code MALFORMED}. */
    public static Answer<SignerInfo> decode(ByteString bytes) {
        try {
            ProtocolSignerInfo message = ProtocolSignerInfo.parseFrom(bytes);
            return new Answer.Ok<>(new SignerInfo(
                    message.getHashAlgorithm() == ProtocolSignerInfo.HashAlgorithm.SHA256
                            ? HashAlgorithm.SHA256
                            : HashAlgorithm.SHA512,
                    message.getDomain(),
                    message.getCertificateList()));
        } catch (InvalidProtocolBufferException e) {
            return Malformed.answer("not a ProtocolSignerInfo: " + e.getMessage());
        }
    }
}

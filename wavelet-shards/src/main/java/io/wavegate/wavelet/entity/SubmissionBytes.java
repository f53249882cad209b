package io.wavegate.wavelet.entity;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.wavegate.wavelet.authority.Origin;
import io.wavegate.wavelet.authority.Submission;
import io.wavegate.wavelet.codec.CodecLimits;
import io.wavegate.wavelet.codec.DeltaCodec;
import io.wavegate.wavelet.codec.SignedDeltaCodec;
import io.wavegate.wavelet.model.SignedDelta;
import java.io.IOException;

/** A submission between nodes: the remote domain or empty text, then the signed delta. It was checked where it came in. */
final class SubmissionBytes {
    private SubmissionBytes() {}

    static ByteString write(Submission submission) throws IOException {
        ByteString.Output bytes = ByteString.newOutput();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeStringNoTag(submission.origin() instanceof Origin.Remote remote ? remote.domain() : "");
        out.writeBytesNoTag(submission.signed().bytes());
        out.flush();
        return bytes.toByteString();
    }

    static Submission read(ByteString bytes) throws IOException {
        CodedInputStream in = bytes.newCodedInput();
        String domain = in.readString();
        SignedDelta signed = WaveletJacksonModule.read(SignedDeltaCodec.decode(in.readBytes(), CodecLimits.NONE));
        return new Submission(
                signed,
                WaveletJacksonModule.read(DeltaCodec.decode(signed.payload(), CodecLimits.NONE)),
                domain.isEmpty() ? Origin.Local.INSTANCE : new Origin.Remote(domain));
    }
}

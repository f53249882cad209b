package io.wavegate.wavelet.entity;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.wavegate.persistence.schema.WaveletSnapshot;
import io.wavegate.wavelet.codec.WaveletSnapshotCodec;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.state.WaveletState;
import java.io.IOException;

/** A wavelet's state between nodes: its URI, then its snapshot. */
final class StateBytes {
    private StateBytes() {}

    static ByteString write(WaveletState state) throws IOException {
        ByteString.Output bytes = ByteString.newOutput();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeStringNoTag(state.name().toUri());
        out.writeMessageNoTag(WaveletSnapshotCodec.toStored(state));
        out.flush();
        return bytes.toByteString();
    }

    static WaveletState read(ByteString bytes) throws IOException {
        CodedInputStream in = bytes.newCodedInput();
        WaveletName name =
                WaveletName.parseUri(in.readString()).orElseThrow(() -> new IOException("not a wavelet name"));
        return WaveletJacksonModule.read(
                WaveletSnapshotCodec.fromStored(name, WaveletSnapshot.parseFrom(in.readBytes())));
    }
}

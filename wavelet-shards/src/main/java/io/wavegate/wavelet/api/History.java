package io.wavegate.wavelet.api;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.OptionalLong;

/**
 * A run of a wavelet's history as it goes over the wire.
 *
 * @param appliedDeltas the exact bytes of each ProtocolAppliedWaveletDelta, in order
 * @param committedVersion the host's word of what is durable; a peer's may be meaningless (spec 3.6)
 * @param truncated the list stops early
 */
public record History(List<ByteString> appliedDeltas, OptionalLong committedVersion, boolean truncated) {
    public History {
        appliedDeltas = List.copyOf(appliedDeltas);
    }
}

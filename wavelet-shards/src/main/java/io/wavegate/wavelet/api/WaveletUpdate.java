package io.wavegate.wavelet.api;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.util.List;
import java.util.Optional;

/**
 * What a host tells a remote domain of a wavelet (spec 3.1).
 *
 * @param wavelet which wavelet
 * @param appliedDeltas exact bytes, in order, possibly none
 * @param committed what is durable at the host, if told
 */
public record WaveletUpdate(WaveletName wavelet, List<ByteString> appliedDeltas, Optional<HashedVersion> committed) {
    public WaveletUpdate {
        appliedDeltas = List.copyOf(appliedDeltas);
    }
}

package io.wavegate.load.sim;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ReceivedDelta;
import io.wavegate.wavelet.model.WaveletName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All deltas that any domain was sent: what a hostile one may have got hold of. */
final class ToldDeltas {
    private final World world;
    private final Map<WaveletName, List<ReceivedDelta>> all = new HashMap<>();

    ToldDeltas(World world) {
        this.world = world;
    }

    void add(WaveletName wavelet, ReceivedDelta delta) {
        all.computeIfAbsent(wavelet, name -> new ArrayList<>()).add(delta);
    }

    HashedVersion anyVersion(WaveletName wavelet) {
        return any(wavelet).map(ReceivedDelta::claimedResult).orElseGet(() -> HashChain.zero(wavelet));
    }

    Optional<ByteString> anyApplied(WaveletName wavelet) {
        return any(wavelet).map(ReceivedDelta::bytes);
    }

    Optional<ByteString> anySigned(WaveletName wavelet) {
        return any(wavelet).map(delta -> delta.signed().bytes());
    }

    private Optional<ReceivedDelta> any(WaveletName wavelet) {
        List<ReceivedDelta> told = all.getOrDefault(wavelet, List.of());
        return told.isEmpty() ? Optional.empty() : Optional.of(told.get(world.chance(told.size())));
    }
}

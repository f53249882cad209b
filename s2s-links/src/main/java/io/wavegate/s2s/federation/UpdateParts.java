package io.wavegate.s2s.federation;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.WaveletUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits an update so that each message stays small enough for any server on the way (s2s 15). */
public final class UpdateParts {
    private UpdateParts() {}

    /**
     * Parts in order, each with at least one delta and, unless it is one single delta, at most {@code maxBytes} of them;
     * the commit notice goes with the last.
     */
    public static List<WaveletUpdate> of(WaveletUpdate update, long maxBytes) {
        List<WaveletUpdate> parts = new ArrayList<>();
        List<ByteString> part = new ArrayList<>();
        long bytes = 0;
        for (ByteString delta : update.appliedDeltas()) {
            if (!part.isEmpty() && bytes + delta.size() > maxBytes) {
                parts.add(new WaveletUpdate(update.wavelet(), part, Optional.empty()));
                part = new ArrayList<>();
                bytes = 0;
            }
            part.add(delta);
            bytes += delta.size();
        }
        parts.add(new WaveletUpdate(update.wavelet(), part, update.committed()));
        return parts;
    }

    /** The same, but always more parts than one, for an update of several deltas that was too large as a whole. */
    public static List<WaveletUpdate> smaller(WaveletUpdate update, long maxBytes) {
        List<WaveletUpdate> parts = of(update, maxBytes);
        return parts.size() > 1 ? parts : of(update, 1);
    }
}

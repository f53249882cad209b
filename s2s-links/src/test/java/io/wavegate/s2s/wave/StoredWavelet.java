package io.wavegate.s2s.wave;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StreamId;
import io.wavegate.persistence.schema.DeltaApplied;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.codec.AppliedDeltaCodec;
import io.wavegate.wavelet.codec.CodecLimits;
import io.wavegate.wavelet.codec.StoredDeltaCodec;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.model.ReceivedDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.replica.ReplicaInput;
import io.wavegate.wavelet.replica.ReplicaLimits;
import io.wavegate.wavelet.replica.ReplicaState;
import io.wavegate.wavelet.replica.ReplicaStep;
import io.wavegate.wavelet.replica.WaveletReplica;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Histories as the journal has them. */
final class StoredWavelet {
    private static final String DELTA = "delta-1";

    private StoredWavelet() {}

    /** Stores a history that was recorded elsewhere as one that we host. */
    static void host(Journal journal, WaveletName wavelet, List<ByteString> history) throws Exception {
        ReplicaState empty = ReplicaState.empty(wavelet);
        List<ReceivedDelta> deltas = history.stream().map(StoredWavelet::decode).toList();
        ReplicaStep.Proceed all = (ReplicaStep.Proceed) WaveletReplica.step(
                empty,
                HistoryTail.startingAt(empty.wavelet().version()),
                new ReplicaInput.Deltas(deltas),
                ReplicaLimits.DEFAULTS);
        List<StoredEvent> events = all.applied().stream()
                .map(delta -> new StoredEvent(
                        delta.appliedAt().version(),
                        DELTA,
                        StoredDeltaCodec.toStored(delta).toByteString()))
                .toList();
        long head = all.next().wavelet().version().version();
        journal.append(new Append(new StreamId("hosted", wavelet.toUri()), 0, events, head, List.of()))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    /** The applied deltas of a stream, as they went over the wire. */
    static List<ByteString> read(Journal journal, StreamId stream) throws Exception {
        List<ByteString> deltas = new ArrayList<>();
        for (StoredEvent event : journal.read(stream, 0, Long.MAX_VALUE, Long.MAX_VALUE)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .events()) {
            Answer<AppliedDelta> delta = StoredDeltaCodec.fromStored(DeltaApplied.parseFrom(event.payload()));
            deltas.add(((Answer.Ok<AppliedDelta>) delta).value().bytes());
        }
        return deltas;
    }

    static ReceivedDelta decode(ByteString bytes) {
        return ((Answer.Ok<ReceivedDelta>) AppliedDeltaCodec.decode(bytes, CodecLimits.DEFAULTS)).value();
    }
}

package io.wavegate.load.sim;

import com.google.protobuf.InvalidProtocolBufferException;
import io.wavegate.load.check.FinalDelta;
import io.wavegate.load.check.FinalHistory;
import io.wavegate.persistence.journal.EventPage;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StreamId;
import io.wavegate.persistence.schema.DeltaApplied;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.codec.AppliedDeltaCodec;
import io.wavegate.wavelet.codec.CodecLimits;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.DomainName;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.ReceivedDelta;
import io.wavegate.wavelet.model.WaveletName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads histories out of the stores when all is over. */
final class Histories {
    private Histories() {}

    static StreamId stream(SimDomain domain, WaveletName wavelet) {
        String kind = wavelet.waveletDomain().equals(domain.name()) ? "hosted" : "replica";
        return new StreamId(kind, wavelet.toUri());
    }

    static long head(SimDomain domain, WaveletName wavelet) {
        return SimStore.done(domain.store().journal().head(stream(domain, wavelet)));
    }

    /** True if a replica was replaced or was about to be: its host told two histories. */
    static boolean wasReplaced(SimDomain domain, WaveletName wavelet) {
        return SimStore.done(domain.store().journal().head(new StreamId("replica-log", wavelet.toUri()))) > 0;
    }

    static FinalHistory read(SimDomain domain, WaveletName wavelet) {
        List<FinalDelta> deltas = new ArrayList<>();
        Set<ParticipantId> participants = new LinkedHashSet<>();
        for (StoredEvent event : events(domain, wavelet, 0)) {
            AppliedDelta delta = SimStore.decode(event);
            delta.operations().forEach(operation -> Participation.change(participants, operation));
            deltas.add(judged(delta, participants));
        }
        boolean host = wavelet.waveletDomain().equals(domain.name());
        return new FinalHistory(domain.name(), wavelet.toUri(), host, deltas);
    }

    /** What a domain's store has of a wavelet, as it is stored. */
    static List<DeltaApplied> stored(SimDomain domain, WaveletName wavelet) {
        List<DeltaApplied> all = new ArrayList<>();
        for (StoredEvent event : events(domain, wavelet, 0)) {
            try {
                all.add(DeltaApplied.parseFrom(event.payload()));
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(e);
            }
        }
        return all;
    }

    /** What stands in a domain's store from a version on. */
    static List<StoredEvent> events(SimDomain domain, WaveletName wavelet, long from) {
        StreamId stream = stream(domain, wavelet);
        List<StoredEvent> all = new ArrayList<>();
        long next = from;
        while (true) {
            EventPage page = SimStore.done(domain.store().journal().read(stream, next, Long.MAX_VALUE, Long.MAX_VALUE));
            all.addAll(page.events());
            if (!page.more()) {
                return all;
            }
            next = all.get(all.size() - 1).position() + 1;
        }
    }

    private static FinalDelta judged(AppliedDelta delta, Set<ParticipantId> participants) {
        Set<String> domains = new TreeSet<>();
        participants.stream()
                .map(ParticipantId::domain)
                .filter(DomainName::isValid)
                .forEach(domains::add);
        Answer<ReceivedDelta> read = AppliedDeltaCodec.decode(delta.bytes(), CodecLimits.NONE);
        ReceivedDelta received = ((Answer.Ok<ReceivedDelta>) read).value();
        return new FinalDelta(
                delta.appliedAt().version(),
                delta.result().version(),
                Hex.of(delta.result().historyHash()),
                Hex.of(delta.payloadHash()),
                delta.author().address(),
                received.original().target().version(),
                Hex.of(received.original().target().historyHash()),
                List.copyOf(domains));
    }
}

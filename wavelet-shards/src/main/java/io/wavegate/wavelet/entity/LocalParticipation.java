package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.model.Participants;
import io.wavegate.wavelet.model.ReceivedDelta;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which of our domains has to do with a replica, and so asks its host. */
final class LocalParticipation {
    private LocalParticipation() {}

    /** One with a participant. */
    static Optional<String> domain(Participants participants, Set<String> localDomains) {
        return participants.domains().stream().filter(localDomains::contains).findFirst();
    }

    /** One of which a participant is being added. */
    static Optional<String> added(Collection<ReceivedDelta> deltas, Set<String> localDomains) {
        for (ReceivedDelta delta : deltas) {
            for (WaveletOperation operation : delta.original().operations()) {
                if (operation instanceof AddParticipant add
                        && localDomains.contains(add.participant().domain())) {
                    return Optional.of(add.participant().domain());
                }
            }
        }
        return Optional.empty();
    }

    /** Any, always the same. */
    static String any(Set<String> localDomains) {
        return new TreeSet<>(localDomains).first();
    }
}

package io.wavegate.load.sim;

import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import java.util.LinkedHashSet;
import java.util.Set;

/** Who is on a wavelet, as its host's store has it. Asked often, so that only what came since the last time is read. */
final class Participation {
    private final SimDomain host;
    private final WaveletName wavelet;
    private final Set<ParticipantId> people = new LinkedHashSet<>();
    private long read;

    Participation(SimDomain host, WaveletName wavelet) {
        this.host = host;
        this.wavelet = wavelet;
    }

    /** True if somebody of a domain is on the wavelet now. */
    boolean has(String domain) {
        long head = Histories.head(host, wavelet);
        if (head < read) {
            // A store that lost something, which is one of the bugs.
            people.clear();
            read = 0;
        }
        if (head > read) {
            for (StoredEvent event : Histories.events(host, wavelet, read)) {
                SimStore.decode(event).operations().forEach(operation -> change(people, operation));
            }
            read = head;
        }
        return people.stream().anyMatch(person -> person.domain().equals(domain));
    }

    /** What an operation does to the people on a wavelet. */
    static void change(Set<ParticipantId> participants, WaveletOperation operation) {
        if (operation instanceof WaveletOperation.AddParticipant add) {
            participants.add(add.participant());
        } else if (operation instanceof WaveletOperation.RemoveParticipant remove) {
            participants.remove(remove.participant());
        }
    }
}

package io.wavegate.wavelet.authority;

import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.DomainName;
import io.wavegate.wavelet.model.Participants;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.RemoveParticipant;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Who is told of a delta (spec 7.4). */
public final class Recipients {
    private Recipients() {}

    /**
     * The remote domains that get a delta and its commit notice: those on the wavelet after it, and those it removes.
     * Addresses without a valid domain have nobody to tell.
     *
     * @param delta the delta, with its operations as applied
     * @param after the participants after it
     * @param localDomains domains that are ours
     */
    public static SortedSet<String> of(AppliedDelta delta, Participants after, Set<String> localDomains) {
        TreeSet<String> domains = new TreeSet<>(after.domains());
        for (WaveletOperation operation : delta.operations()) {
            if (operation instanceof RemoveParticipant removal
                    && DomainName.isValid(removal.participant().domain())) {
                domains.add(removal.participant().domain());
            }
        }
        domains.removeAll(localDomains);
        return domains;
    }
}

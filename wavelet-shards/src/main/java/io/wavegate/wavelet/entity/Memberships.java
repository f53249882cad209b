package io.wavegate.wavelet.entity;

import io.wavegate.persistence.journal.SetChange;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.Participants;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import io.wavegate.wavelet.model.WaveletOperation.RemoveParticipant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which sets change with a batch of deltas because participants come and go. */
final class Memberships {
    private static final int MAX_ADDRESS = 1000;

    private Memberships() {}

    /** The wavelet enters and leaves the sets of our users. */
    static List<SetChange> ofUsers(
            WaveletName wavelet, List<AppliedDelta> deltas, Participants after, Set<String> localDomains) {
        Set<ParticipantId> touched = new LinkedHashSet<>();
        for (AppliedDelta delta : deltas) {
            for (WaveletOperation operation : delta.operations()) {
                if (operation instanceof AddParticipant add) {
                    touched.add(add.participant());
                } else if (operation instanceof RemoveParticipant removal) {
                    touched.add(removal.participant());
                }
            }
        }
        List<SetChange> changes = new ArrayList<>();
        for (ParticipantId user : touched) {
            if (user.isWellFormed() && localDomains.contains(user.domain()) && isStorable(user)) {
                changes.add(new SetChange(SetNames.ofUser(user), wavelet.toUri(), after.contains(user)));
            }
        }
        return changes;
    }

    /** The wavelet enters and leaves the sets of our users as its history is replaced by another one. */
    static List<SetChange> afterReplacement(
            WaveletName wavelet, Participants before, Participants after, Set<String> localDomains) {
        Set<ParticipantId> all = new LinkedHashSet<>(before.inOrder());
        all.addAll(after.inOrder());
        return all.stream()
                .filter(user -> localDomains.contains(user.domain()) && user.isWellFormed() && isStorable(user))
                .filter(user -> before.contains(user) != after.contains(user))
                .map(user -> new SetChange(SetNames.ofUser(user), wavelet.toUri(), after.contains(user)))
                .toList();
    }

    // An address is whatever somebody wrote (spec 7.3): it must not be able to stop the append.
    private static boolean isStorable(ParticipantId user) {
        return user.address().length() <= MAX_ADDRESS && user.address().indexOf('\0') < 0;
    }
}

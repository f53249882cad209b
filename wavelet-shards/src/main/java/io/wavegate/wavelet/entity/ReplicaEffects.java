package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.entity.WaveletCommand.Internal;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.replica.ReplicaEffect;
import io.wavegate.wavelet.replica.ReplicaInput;
import io.wavegate.wavelet.replica.ReplicaState;

/** Carries out what the core of a replica wants done, after its deltas are durable. */
final class ReplicaEffects {
    private final EntityParts parts;
    private final HostQuestions host;
    private final ReplicaMark mark;
    private final ReplicaInbox inbox;
    private final ReplicaReplacement replacement;

    ReplicaEffects(
            EntityParts parts,
            HostQuestions host,
            ReplicaMark mark,
            ReplicaInbox inbox,
            ReplicaReplacement replacement) {
        this.parts = parts;
        this.host = host;
        this.mark = mark;
        this.inbox = inbox;
        this.replacement = replacement;
    }

    void carryOut(ReplicaEffect effect, ReplicaState state) {
        if (effect instanceof ReplicaEffect.AskHistory ask) {
            host.ask(ask, state);
        } else if (effect instanceof ReplicaEffect.AskEarlier ask) {
            host.askEarlier(ask, state);
        } else if (effect instanceof ReplicaEffect.CheckBoundary check) {
            checkBoundary(check.claimed());
        } else if (effect instanceof ReplicaEffect.Replace replace) {
            if (!replacement.begin(replace, host.asking(state), host.maxBytes())) {
                inbox.addInput(new ReplicaInput.NotReplaced());
            }
        } else if (effect instanceof ReplicaEffect.Quarantined quarantined) {
            parts.services().tally().contradicted.increment();
            mark.quarantined(quarantined.evidence());
        } else if (effect instanceof ReplicaEffect.Healed healed) {
            parts.services().tally().continued.increment();
            parts.context()
                    .getLog()
                    .info(
                            "Wavelet {} continues as its host tells it; what contradicted before was: {}",
                            parts.wavelet(),
                            healed.evidence().text());
        }
    }

    // If it cannot be looked up now, the host's next word leads here again.
    private void checkBoundary(HashedVersion claimed) {
        parts.context()
                .pipeToSelf(
                        parts.history().ending(claimed),
                        (ending, failure) -> new Looked(
                                new ReplicaInput.BoundaryChecked(claimed, ending == null || ending.right())));
    }

    /** A boundary that the host claims has been looked up in our history. */
    record Looked(ReplicaInput input) implements Internal {}
}

package io.wavegate.s2s.link;

import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.stanza.StanzaError;
import java.util.Optional;

/**
 * What became of stanzas that were to be passed on.
 *
 * @param error what to tell their senders; empty if they are with the socket
 */
public record RelayOutcome(Optional<StanzaError> error) {
    /** They are on their way. */
    public static final RelayOutcome SENT = new RelayOutcome(Optional.empty());

    /** They are not, or perhaps not. */
    public static RelayOutcome failed(ErrorCondition condition, String text) {
        return new RelayOutcome(Optional.of(StanzaError.of(condition, text)));
    }
}

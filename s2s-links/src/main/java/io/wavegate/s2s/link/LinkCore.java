package io.wavegate.s2s.link;

import io.wavegate.s2s.api.LinkView;
import java.util.List;

/** What decides for a link, of either kind. A machine with mutable state and one owner, without clock and thread. */
public sealed interface LinkCore permits LinkState, RelayState {
    /** Takes one input at a time that never goes backwards. */
    List<LinkEffect> handle(LinkInput input, long nowMillis);

    /** When {@link LinkInput.Tick} is due; {@link Long#MAX_VALUE} for never. */
    long nextWakeMillis(long nowMillis);

    /** Nothing is open, awaited or behind: the link may be forgotten. */
    boolean isQuiescent();

    /** Everything that was to be sent is with a stream: the link may move. */
    boolean isSettled();

    /** Ends the link here: everybody who waits is told. Its streams stay, for where it goes on. */
    List<LinkEffect> end(long nowMillis);

    /** For operators. */
    LinkView view();
}

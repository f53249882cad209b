package io.wavegate.s2s.link;

import io.wavegate.s2s.stream.DomainPair;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * How a stream whose edge will go is replaced: another one is opened first, what is to be sent goes on that, and the old one is
 * closed when nothing is awaited on it any more, or after a while.
 *
 * <pre>
 *   NONE ── edge leaves ──► OPENING ── open ──► RETIRING, closed by and by ──► NONE
 *                              └─ failed ─► NONE, the old one stays for as long as it lasts
 * </pre>
 */
final class Succession {
    private static final long LOOK_AGAIN_MILLIS = 1_000;

    /** Answers come on the peer's streams as well; with the time in which links are told it must fit into that of leaving. */
    private static final long MOST_MILLIS = 2_000;

    private boolean opening;
    private Optional<Retired> retired = Optional.empty();

    private record Retired(long stream, long retiredMillis, long lookMillis) {}

    /** A successor is wanted. @return false if one is being opened already */
    boolean begin() {
        boolean begun = !opening;
        opening = true;
        return begun;
    }

    boolean isOpening() {
        return opening;
    }

    /** The successor is open: the old stream is for listening alone now. */
    void opened(DomainPair pair, long old, long nowMillis, List<LinkEffect> effects) {
        opening = false;
        retired.ifPresent(before -> effects.add(new LinkEffect.CloseStream(pair, before.stream())));
        retired = Optional.of(new Retired(old, nowMillis, nowMillis + LOOK_AGAIN_MILLIS));
    }

    /** No successor comes, or there is nothing to succeed. */
    void end() {
        opening = false;
    }

    /** @return whether it was the retired stream that has ended */
    boolean ended(long stream) {
        boolean known = retired.filter(old -> old.stream() == stream).isPresent();
        if (known) {
            retired = Optional.empty();
        }
        return known;
    }

    /**
     * Closes the old stream, if it is time.
     *
     * @param awaited whether anything is awaited that was sent until then
     */
    void tick(DomainPair pair, LongPredicate awaited, long nowMillis, List<LinkEffect> effects) {
        retired.filter(old -> old.lookMillis() <= nowMillis).ifPresent(old -> {
            if (nowMillis < old.retiredMillis() + MOST_MILLIS && awaited.test(old.retiredMillis())) {
                retired = Optional.of(new Retired(old.stream(), old.retiredMillis(), nowMillis + LOOK_AGAIN_MILLIS));
            } else {
                closeRetired(pair, effects);
            }
        });
    }

    /** Closes the old stream at once. */
    void closeRetired(DomainPair pair, List<LinkEffect> effects) {
        retired.ifPresent(old -> effects.add(new LinkEffect.CloseStream(pair, old.stream())));
        retired = Optional.empty();
    }

    boolean isRetiring() {
        return retired.isPresent();
    }

    /** When {@link #tick} is due; {@link Long#MAX_VALUE} for never. */
    long nextWakeMillis() {
        return retired.map(Retired::lookMillis).orElse(Long.MAX_VALUE);
    }
}

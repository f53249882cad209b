package io.wavegate.s2s.link;

import io.wavegate.s2s.federation.Discovery;
import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What was asked and is not answered yet, by the exact triple (id, from, to) that the answer must have (spec section 9):
 * a domain that was not asked cannot answer.
 */
final class Outstanding {
    /** Who waits for the answer. */
    sealed interface Purpose {
        /** Whether the wave service, once found, owes the answer. */
        default boolean isOfWave() {
            return this instanceof Caller || this instanceof Preamble;
        }

        /** A wavelet. */
        record Caller(Ask ask) implements Purpose {}

        /** Asks that wait for their preamble to be answered. */
        record Preamble(XmlElement payload) implements Purpose {}

        /** A stream that was idle for long, before it is trusted with more. */
        record Ping() implements Purpose {}

        /** A service that has been silent, before it is taken for dead. */
        record Probe() implements Purpose {}

        /** Discovery. */
        record Discover(Discovery.Query query) implements Purpose {}
    }

    /**
     * A request that the link has accepted.
     *
     * @param token names it to who asked
     * @param deadlineMillis no answer is waited for after that
     * @param again it was sent before and is sent again after its preamble
     */
    record Ask(long token, OutboundRequest request, long deadlineMillis, boolean again) {}

    /**
     * A stanza sent, or about to be.
     *
     * @param iq whether an IQ is the answer, else a message
     * @param repeats how often it was sent again because a stream had lost it
     */
    record Pending(Purpose purpose, DomainPair pair, boolean iq, long sentMillis, long deadlineMillis, int repeats) {
        Pending(Purpose purpose, DomainPair pair, boolean iq, long sentMillis, long deadlineMillis) {
            this(purpose, pair, iq, sentMillis, deadlineMillis, 0);
        }

        Pending repeated() {
            return new Pending(purpose, pair, iq, sentMillis, deadlineMillis, repeats + 1);
        }
    }

    /** A peer that takes stream after stream away is not asked the same for ever; then the time for answers decides. */
    private static final int MOST_REPEATS = 3;

    private final Map<Addresses, Pending> byAnswer = new LinkedHashMap<>();

    /** @param request addresses of the request */
    void add(Addresses request, Pending pending) {
        byAnswer.put(request.reversed(), pending);
    }

    /** Takes out what this stanza answers. */
    Optional<Pending> take(String id, XmlElement stanza) {
        Addresses addresses = Addresses.of(stanza);
        Addresses answer = new Addresses(id, addresses.from(), addresses.to());
        Pending pending = byAnswer.get(answer);
        if (pending == null || pending.iq() != stanza.name().local().equals("iq")) {
            return Optional.empty();
        }
        byAnswer.remove(answer);
        return Optional.of(pending);
    }

    /** Takes out a stanza of ours. */
    Optional<Pending> takeSent(XmlElement stanza) {
        return Optional.ofNullable(byAnswer.remove(Addresses.of(stanza).reversed()));
    }

    /**
     * A stream has lost this stanza. Whoever asks may do so twice: what is asked is idempotent.
     *
     * @return whether it is to be sent again, as its answer is still awaited; a sign of life is of its stream alone
     */
    boolean repeat(XmlElement stanza) {
        Addresses answer = Addresses.of(stanza).reversed();
        Pending pending = byAnswer.get(answer);
        if (pending == null || pending.purpose() instanceof Purpose.Ping || pending.repeats() >= MOST_REPEATS) {
            return false;
        }
        byAnswer.put(answer, pending.repeated());
        return true;
    }

    /** Takes out all that match, oldest first. */
    List<Pending> takeIf(Predicate<Pending> matches) {
        List<Pending> taken = new ArrayList<>();
        for (Iterator<Pending> all = byAnswer.values().iterator(); all.hasNext(); ) {
            Pending pending = all.next();
            if (matches.test(pending)) {
                all.remove();
                taken.add(pending);
            }
        }
        return taken;
    }

    boolean has(Class<? extends Purpose> purpose) {
        return byAnswer.values().stream().anyMatch(pending -> purpose.isInstance(pending.purpose()));
    }

    boolean uses(DomainPair pair) {
        return byAnswer.values().stream().anyMatch(pending -> pending.pair().equals(pair));
    }

    boolean awaits(DomainPair pair, long untilMillis) {
        return byAnswer.values().stream()
                .anyMatch(pending -> pending.pair().equals(pair) && pending.sentMillis() <= untilMillis);
    }

    boolean isEmpty() {
        return byAnswer.isEmpty();
    }
}

package io.wavegate.wavelet.model;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The participants of a wavelet, in the order in which they were added. Immutable. */
public final class Participants {
    /** Nobody. */
    public static final Participants NONE = new Participants(List.of());

    private final List<ParticipantId> inOrder;
    private final Set<ParticipantId> set;
    private final SortedSet<String> domains;

    private Participants(List<ParticipantId> inOrder) {
        this.inOrder = inOrder;
        this.set = new HashSet<>(inOrder);
        TreeSet<String> all = new TreeSet<>();
        inOrder.stream().map(ParticipantId::domain).filter(DomainName::isValid).forEach(all::add);
        this.domains = Collections.unmodifiableSortedSet(all);
    }

    /**
     * These, in order.
     *
     * @throws IllegalArgumentException if one is there twice
     */
    public static Participants of(Collection<ParticipantId> inOrder) {
        Participants participants = new Participants(List.copyOf(inOrder));
        if (participants.set.size() != participants.inOrder.size()) {
            throw new IllegalArgumentException("a participant is there twice: " + inOrder);
        }
        return participants;
    }

    /** In the order in which they were added. */
    public List<ParticipantId> inOrder() {
        return inOrder;
    }

    public boolean isEmpty() {
        return inOrder.isEmpty();
    }

    public boolean contains(ParticipantId participant) {
        return set.contains(participant);
    }

    /** The valid domains of the participants: whom updates go to. Nonsense addresses have none. */
    public SortedSet<String> domains() {
        return domains;
    }

    /**
     * True if the author may act on a wavelet of this host: it is a participant, or everyone of its domain is and that
     * domain is the host. Other domains' shared participants count for nobody (spec section 8).
     */
    public boolean admit(ParticipantId author, String host) {
        return contains(author)
                || (author.isWellFormed() && author.domain().equals(host) && contains(new ParticipantId("@" + host)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Participants that && that.inOrder.equals(inOrder);
    }

    @Override
    public int hashCode() {
        return inOrder.hashCode();
    }

    @Override
    public String toString() {
        return inOrder.toString();
    }
}

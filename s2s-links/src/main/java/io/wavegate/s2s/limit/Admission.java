package io.wavegate.s2s.limit;

import java.util.Optional;

/** What one connection holds of the limits. Used by its event loop alone. */
public final class Admission {
    private final EdgeLimits limits;
    private final String network;
    private final boolean accepted;
    private final Optional<Excess> refusal;
    private Optional<String> domain = Optional.empty();
    private boolean negotiating;
    private boolean countedForDomain;
    private boolean over;

    Admission(EdgeLimits limits, String network, boolean accepted, Optional<Excess> refusal) {
        this.limits = limits;
        this.network = network;
        this.accepted = accepted;
        this.refusal = refusal;
        negotiating = accepted;
    }

    /** Why it may not stay. */
    public Optional<Excess> refusal() {
        return refusal;
    }

    /** What of the network counts as one with this connection's. */
    public String network() {
        return network;
    }

    /**
     * A domain has proved itself on it; from the first one on that domain is who reads and holds.
     *
     * @return why it may not stay
     */
    public Optional<Excess> authenticated(String proved, long nowNanos) {
        if (domain.isPresent() || over) {
            return Optional.empty();
        }
        domain = Optional.of(proved);
        settled();
        if (!accepted) {
            return Optional.empty();
        }
        Optional<Excess> excess = limits.authenticated(proved, nowNanos);
        countedForDomain = excess.isEmpty();
        return excess;
    }

    /** So many bytes were read. @return for how many nanoseconds to read no more, 0 to go on */
    public long read(long bytes, long nowNanos) {
        return limits.read(domain.orElse(network), domain.isPresent(), bytes, nowNanos);
    }

    /** The connection is gone; to be called at least once. */
    public void close() {
        if (over) {
            return;
        }
        over = true;
        settled();
        if (accepted) {
            limits.gone(network, countedForDomain ? domain : Optional.empty());
        }
    }

    private void settled() {
        if (negotiating) {
            negotiating = false;
            limits.negotiated(network);
        }
    }
}

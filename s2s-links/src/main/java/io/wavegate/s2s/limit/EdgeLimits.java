package io.wavegate.s2s.limit;

import io.wavegate.s2s.api.Meter;
import io.wavegate.s2s.api.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The limits of one edge: who may connect, how much may be read, whom to verify. Each refusal is counted by limit and scope.
 * Safe for use by many threads; the time always comes from the caller.
 */
public final class EdgeLimits {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FairQuota connectionsOfAddress;
    private final FairQuota connectionsOfDomain;
    private final FairRate attemptsOfAddress;
    private final FairRate attemptsOfDomain;
    private final FairQuota handshakesOfAddress;
    private final FairRate strangerBytes;
    private final FairRate peerBytes;
    private final FairQuota verificationsOfAddress;
    private final FairQuota verificationsOfDomain;
    private final Tally<Limit> hitsOfAll = new Tally<>(Limit.class);
    private final Tally<Limit> hitsOfAddress = new Tally<>(Limit.class);
    private final Tally<Limit> hitsOfDomain = new Tally<>(Limit.class);

    /** Limits of which nothing is used yet. */
    public EdgeLimits(LimitSettings settings) {
        connectionsOfAddress = quotaOfAddress(settings.connections());
        connectionsOfDomain = quotaOfDomain(settings.connections());
        attemptsOfAddress = rate(settings.attempts().all(), settings.attempts().ofAddress(), MINUTE);
        attemptsOfDomain = rate(settings.attempts().all(), settings.attempts().ofDomain(), MINUTE);
        handshakesOfAddress = quotaOfAddress(settings.handshakes());
        strangerBytes =
                rate(settings.strangerBytes().all(), settings.strangerBytes().ofAddress(), SECOND);
        peerBytes = rate(settings.peerBytes().all(), settings.peerBytes().ofDomain(), SECOND);
        verificationsOfAddress = quotaOfAddress(settings.verifications());
        verificationsOfDomain = quotaOfDomain(settings.verifications());
    }

    private static FairQuota quotaOfAddress(LimitSettings.Most most) {
        return new FairQuota((int) most.all(), (int) most.ofAddress());
    }

    private static FairQuota quotaOfDomain(LimitSettings.Most most) {
        return new FairQuota((int) most.all(), (int) most.ofDomain());
    }

    private static FairRate rate(long all, long each, Duration window) {
        return new FairRate(all, each, window);
    }

    /** A connection was accepted; whether it may stay is in {@link Admission#refusal}. */
    public Admission accepted(String network, long nowNanos) {
        Optional<Excess> excess = pass(attemptsOfAddress, network, Limit.ATTEMPTS, Scope.ADDRESS, nowNanos)
                .or(() -> take(connectionsOfAddress, network, Limit.CONNECTIONS, Scope.ADDRESS));
        if (excess.isPresent()) {
            return new Admission(this, network, false, excess);
        }
        Optional<Excess> busy = take(handshakesOfAddress, network, Limit.HANDSHAKES, Scope.ADDRESS);
        busy.ifPresent(refused -> connectionsOfAddress.release(network));
        return new Admission(this, network, busy.isEmpty(), busy);
    }

    /** A connection that we made ourselves: what is read on it counts. */
    public Admission dialled(String network) {
        return new Admission(this, network, false, Optional.empty());
    }

    Optional<Excess> authenticated(String domain, long nowNanos) {
        return pass(attemptsOfDomain, domain, Limit.ATTEMPTS, Scope.DOMAIN, nowNanos)
                .or(() -> take(connectionsOfDomain, domain, Limit.CONNECTIONS, Scope.DOMAIN));
    }

    void negotiated(String network) {
        handshakesOfAddress.release(network);
    }

    void gone(String network, Optional<String> domain) {
        connectionsOfAddress.release(network);
        domain.ifPresent(connectionsOfDomain::release);
    }

    /** How long to read nothing more. */
    long read(String who, boolean isPeer, long bytes, long nowNanos) {
        FairRate.Verdict verdict = (isPeer ? peerBytes : strangerBytes).pass(who, bytes, nowNanos);
        if (!verdict.isWithin()) {
            Scope one = isPeer ? Scope.DOMAIN : Scope.ADDRESS;
            hit(Limit.BYTES, verdict.outcome() == FairRate.Outcome.OVER_FOR_ONE ? one : Scope.ALL);
        }
        return verdict.waitNanos();
    }

    /**
     * A domain is to be verified; if it is not refused, {@link #verified} has to follow.
     *
     * @param network whose connection asks for it
     * @param domain which is claimed
     */
    public Optional<Excess> verify(String network, String domain) {
        Optional<Excess> excess = take(verificationsOfAddress, network, Limit.VERIFICATIONS, Scope.ADDRESS);
        if (excess.isPresent()) {
            return excess;
        }
        Optional<Excess> ofDomain = take(verificationsOfDomain, domain, Limit.VERIFICATIONS, Scope.DOMAIN);
        ofDomain.ifPresent(refused -> verificationsOfAddress.release(network));
        return ofDomain;
    }

    /** The verification has come to its end. */
    public void verified(String network, String domain) {
        verificationsOfAddress.release(network);
        verificationsOfDomain.release(domain);
    }

    private Optional<Excess> take(FairQuota quota, String holder, Limit limit, Scope one) {
        return switch (quota.tryAcquire(holder)) {
            case TAKEN -> Optional.empty();
            case HAS_ITS_SHARE -> excess(limit, one, quota.mostOfOne());
            case TOO_FEW_LEFT -> excess(limit, Scope.ALL, quota.most());
        };
    }

    private Optional<Excess> pass(FairRate rate, String who, Limit limit, Scope one, long nowNanos) {
        return switch (rate.pass(who, 1, nowNanos).outcome()) {
            case WITHIN -> Optional.empty();
            case OVER_FOR_ONE -> excess(limit, one, rate.each());
            case OVER_FOR_ALL -> excess(limit, Scope.ALL, rate.all());
        };
    }

    private Optional<Excess> excess(Limit limit, Scope scope, long allowed) {
        hit(limit, scope);
        return Optional.of(new Excess(limit, scope, allowed));
    }

    private void hit(Limit limit, Scope scope) {
        hits(scope).add(limit);
    }

    private Tally<Limit> hits(Scope scope) {
        return switch (scope) {
            case ALL -> hitsOfAll;
            case ADDRESS -> hitsOfAddress;
            case DOMAIN -> hitsOfDomain;
        };
    }

    /** How often each limit was hit, how much is used of each and how much there is. */
    public List<Meter> meters() {
        List<Meter> meters = new ArrayList<>();
        for (Scope scope : Scope.values()) {
            for (Limit limit : Limit.values()) {
                meters.add(Meter.count(
                        "wavegate_s2s_limit_hits",
                        "What was refused, or made to wait, because of a limit of wavegate.s2s.streams.limits",
                        Map.of("limit", limit.label(), "scope", scope.label()),
                        () -> hits(scope).of(limit)));
            }
        }
        usage(meters, Limit.CONNECTIONS, connectionsOfAddress);
        usage(meters, Limit.HANDSHAKES, handshakesOfAddress);
        usage(meters, Limit.VERIFICATIONS, verificationsOfDomain);
        return meters;
    }

    private static void usage(List<Meter> meters, Limit limit, FairQuota quota) {
        Map<String, String> labels = Map.of("limit", limit.label());
        meters.add(Meter.level("wavegate_s2s_limit_used", "What is held of a limit now", labels, quota::held));
        meters.add(Meter.level("wavegate_s2s_limit_allowed", "What a limit is for all together", labels, quota::most));
    }
}

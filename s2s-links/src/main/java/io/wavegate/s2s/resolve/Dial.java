package io.wavegate.s2s.resolve;

import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.xml.StreamErrorCondition;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to reach a domain, from its SRV records to a stream (spec 2.1, 2.3): given what happened and the time, it says
 * what to do next.
 *
 * <pre>
 *   SRV of both services ──► targets in order ──► AAAA and A of the first ──► race of its addresses ──► stream
 *            │                     ▲                                                  │
 *            └─► failure           └──────── next target: no address, none connects, ─┘
 *                                            none shows life within its share of the time
 * </pre>
 *
 * <p>An address counts as reached only when the stream is ready, since a dead TLS terminator accepts TCP too. What the
 * domain itself decides (authentication, certificate, policy) is final and not asked again at the next address.
 *
 * <p>Mutable state and one owner. Times are milliseconds of any one clock.
 */
public final class Dial {
    private final TargetResolution resolution;
    private final RaceSettings race;
    private final AddressPolicy policy;
    private final DialTimes times;
    private final Predicate<Target> avoided;
    private final Map<DnsQuestion, DnsAnswer> srvAnswers = new HashMap<>();
    private final Deque<Target> rest = new ArrayDeque<>();
    private final DialLosses losses;
    private long deadlineMillis;
    private boolean resolved;
    private boolean over;
    private int attempts;
    private int hops;
    private @Nullable TargetTry current;

    /**
     * @param remote the domain, as an operator knows it
     * @param resolution where its targets come from
     * @param policy for addresses that DNS leads to
     * @param avoided targets that come after the others
     */
    Dial(
            String remote,
            TargetResolution resolution,
            RaceSettings race,
            AddressPolicy policy,
            DialTimes times,
            Predicate<Target> avoided) {
        this.avoided = avoided;
        this.resolution = resolution;
        this.race = race;
        this.policy = policy;
        this.times = times;
        losses = new DialLosses(remote);
    }

    /**
     * To a domain, as the configuration says.
     *
     * @param domain prepared (RFC 7622)
     * @param draw decides among equal priorities
     * @param avoided targets that come after the others; see {@link DeadTargets}
     */
    public static Dial to(
            String domain, ResolveSettings settings, DialTimes times, Draw draw, Predicate<Target> avoided) {
        TargetResolution resolution = TargetResolution.of(domain, settings, draw);
        return new Dial(domain, resolution, settings.race(), settings.addressPolicy(), times, avoided);
    }

    /** Begins; the time that everything may take counts from here. */
    public List<DialEffect> start(long nowMillis) {
        List<DialEffect> effects = new ArrayList<>();
        deadlineMillis = nowMillis + times.open().toMillis();
        if (resolution.questions().isEmpty()) {
            resolved(resolution.answered(Map.of()), effects);
        } else {
            resolution.questions().forEach(question -> effects.add(new DialEffect.Ask(question)));
        }
        advance(nowMillis, effects);
        return effects;
    }

    /** Something happened. */
    public List<DialEffect> on(DialInput input, long nowMillis) {
        List<DialEffect> effects = new ArrayList<>();
        if (input instanceof DialInput.Answered answered) {
            answered(answered.question(), answered.answer(), nowMillis, effects);
        } else if (input instanceof DialInput.Connected connected) {
            connected(connected.attempt(), nowMillis, effects);
        } else if (input instanceof DialInput.Heard heard && current != null) {
            current.race().heard(heard.attempt(), nowMillis);
        } else if (input instanceof DialInput.Succeeded succeeded) {
            succeeded(succeeded.attempt(), effects);
        } else if (input instanceof DialInput.Failed failed) {
            failed(failed.attempt(), failed.end(), effects);
        } else if (input instanceof DialInput.SeeOther other) {
            seeOther(other.attempt(), other.place(), effects);
        }
        advance(nowMillis, effects);
        return effects;
    }

    /** When {@link DialInput.Tick} is due; far away when it is over. */
    public long nextWakeMillis() {
        if (over) {
            return Long.MAX_VALUE;
        }
        return current == null ? deadlineMillis : Math.min(deadlineMillis, current.nextWakeMillis());
    }

    private void answered(DnsQuestion question, DnsAnswer answer, long nowMillis, List<DialEffect> effects) {
        if (over) {
            return;
        }
        if (!resolved && resolution.questions().contains(question)) {
            srvAnswers.put(question, answer);
            if (srvAnswers.size() == resolution.questions().size()) {
                resolved(resolution.answered(srvAnswers), effects);
            }
        } else if (current != null && current.answered(question, answer, nowMillis)) {
            losses.answered(question, answer);
            for (InetAddress address : AddressLookup.addresses(answer)) {
                current.refusal(address).ifPresent(why -> losses.refused(address, why));
            }
        }
    }

    private void resolved(Resolution found, List<DialEffect> effects) {
        resolved = true;
        if (found instanceof Resolution.Targets targets) {
            Resolution.Targets ordered = targets.avoiding(avoided);
            losses.found(ordered.steps());
            rest.addAll(ordered.targets());
        } else if (found instanceof Resolution.Failed failed) {
            fail(failed.end(), effects);
        }
    }

    private void connected(int attempt, long nowMillis, List<DialEffect> effects) {
        if (over || current == null || !current.race().has(attempt)) {
            effects.add(new DialEffect.Abandon(attempt));
            return;
        }
        current.race().connected(attempt, nowMillis).forEach(loser -> effects.add(new DialEffect.Abandon(loser)));
    }

    private void succeeded(int attempt, List<DialEffect> effects) {
        if (over || current == null || current.race().remove(attempt).isEmpty()) {
            effects.add(new DialEffect.Abandon(attempt));
            return;
        }
        effects.add(new DialEffect.Tried(current.target(), true));
        over = true;
        abandonAll(effects);
    }

    private void failed(int attempt, StreamEnd end, List<DialEffect> effects) {
        if (over || current == null) {
            return;
        }
        Optional<Race.Flight> flight = current.race().remove(attempt);
        if (flight.isEmpty()) {
            return;
        }
        losses.lost(current.target(), flight.get().address(), end);
        if (isFinal(end.reason(), current.target())) {
            fail(end, effects);
        }
    }

    /** The other host goes first; who it has to prove to be does not change. Else it is a failure like others. */
    private void seeOther(int attempt, String place, List<DialEffect> effects) {
        TargetTry target = current;
        Optional<Race.Flight> flight =
                over || target == null ? Optional.empty() : target.race().remove(attempt);
        if (target == null || flight.isEmpty()) {
            return;
        }
        Optional<Target> other = OtherHost.target(place, target.target(), policy);
        boolean follow = other.isPresent() && hops < OtherHost.MOST_HOPS;
        String why = follow ? "" : other.isPresent() ? ", which is one host too many" : ", where nobody may be sent";
        losses.lost(
                target.target(),
                flight.get().address(),
                new StreamEnd(
                        StreamEnd.Reason.REMOTE_STREAM_ERROR,
                        StreamErrorCondition.SEE_OTHER_HOST,
                        "it sends us to " + place + why));
        if (follow) {
            hops++;
            abandonAll(effects);
            rest.addFirst(other.get());
        }
    }

    /** What another address of the same domain would only say again. */
    private static boolean isFinal(StreamEnd.Reason reason, Target target) {
        return switch (reason) {
            case AUTHENTICATION_FAILED, POLICY_REFUSED, SHUTDOWN, CLOSED_BY_US -> true;
            // Whatever answers TLS on a port, a web server for one, has not spoken for the domain yet.
            case CERTIFICATE_REFUSED -> !target.directTls();
            default -> false;
        };
    }

    /** Does all that is due. */
    private void advance(long nowMillis, List<DialEffect> effects) {
        if (!over && nowMillis >= deadlineMillis) {
            giveUp(nowMillis, effects);
            tellIfDead(effects);
            fail(losses.outOfTime(!rest.isEmpty()), effects);
        }
        while (!over && resolved) {
            if (current != null) {
                dropOverdue(current, nowMillis, effects);
                if (current.isOverdue(nowMillis)) {
                    giveUp(nowMillis, effects);
                } else if (!current.isExhausted()) {
                    race(current, nowMillis, effects);
                    return;
                }
                tellIfDead(effects);
                current = null;
            } else if (rest.isEmpty()) {
                fail(losses.nothingLeft(), effects);
            } else {
                begin(rest.remove(), nowMillis, effects);
            }
        }
    }

    private void tellIfDead(List<DialEffect> effects) {
        if (current != null && current.race().isDead()) {
            effects.add(new DialEffect.Tried(current.target(), false));
        }
    }

    private void begin(Target target, long nowMillis, List<DialEffect> effects) {
        long share = (deadlineMillis - nowMillis) / (rest.size() + 1);
        TargetTry next = new TargetTry(target, race, policy, times.connect().toMillis(), nowMillis + share);
        next.questions().forEach(question -> effects.add(new DialEffect.Ask(question)));
        current = next;
    }

    private void race(TargetTry target, long nowMillis, List<DialEffect> effects) {
        for (Optional<InetAddress> next = target.next(nowMillis); next.isPresent(); next = target.next(nowMillis)) {
            int attempt = ++attempts;
            target.race().started(attempt, next.get(), nowMillis);
            effects.add(new DialEffect.Connect(attempt, target.target(), next.get()));
        }
    }

    private void dropOverdue(TargetTry target, long nowMillis, List<DialEffect> effects) {
        target.race().flights().forEach((attempt, flight) -> {
            if (nowMillis >= target.overdueMillis(flight)) {
                abandon(target, attempt, nowMillis, effects);
            }
        });
    }

    /** The current target had its time. */
    private void giveUp(long nowMillis, List<DialEffect> effects) {
        TargetTry target = current;
        if (target != null) {
            target.race().flights().keySet().forEach(attempt -> abandon(target, attempt, nowMillis, effects));
            losses.unanswered(target.unanswered());
        }
    }

    private void abandon(TargetTry target, int attempt, long nowMillis, List<DialEffect> effects) {
        target.race().remove(attempt).ifPresent(flight -> {
            losses.hung(target.target(), flight, nowMillis);
            effects.add(new DialEffect.Abandon(attempt));
        });
    }

    private void fail(StreamEnd end, List<DialEffect> effects) {
        over = true;
        abandonAll(effects);
        effects.add(new DialEffect.Fail(end));
    }

    private void abandonAll(List<DialEffect> effects) {
        if (current != null) {
            current.race().flights().keySet().forEach(attempt -> effects.add(new DialEffect.Abandon(attempt)));
            current = null;
        }
    }
}

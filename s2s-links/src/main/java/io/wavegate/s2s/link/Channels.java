package io.wavegate.s2s.link;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** The channels of a link, by pair of domains. A link needs several: a peer's domain and its wave service are two. */
final class Channels {
    /** A peer may ask under so many names of ours and its own; replies under more are dropped. */
    private static final int MAX_CHANNELS = 32;

    private final LinkSettings settings;
    private final RandomGenerator random;
    private final Map<DomainPair, Channel> byPair = new HashMap<>();

    Channels(LinkSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    private Channel of(DomainPair pair) {
        return byPair.computeIfAbsent(
                pair,
                missing -> new Channel(
                        missing,
                        settings,
                        new Backoff(
                                settings.retryBase().toMillis(),
                                settings.retryMax().toMillis(),
                                random)));
    }

    void request(DomainPair pair, XmlElement stanza, long nowMillis, List<LinkEffect> effects) {
        of(pair).request(stanza, nowMillis, effects);
    }

    boolean reply(DomainPair pair, XmlElement stanza, long nowMillis, List<LinkEffect> effects) {
        boolean room = byPair.containsKey(pair) || byPair.size() < MAX_CHANNELS;
        return room && of(pair).reply(stanza, nowMillis, effects);
    }

    /** An answer of ours was too large for the peer, which is given less or told so instead. */
    void tooLarge(DomainPair pair, XmlElement reply, int maxBytes, long nowMillis, List<LinkEffect> effects) {
        Replies.inPlaceOf(reply, maxBytes).ifPresent(other -> reply(pair, other, nowMillis, effects));
    }

    void opened(LinkInput.StreamOpened opened, long nowMillis, List<LinkEffect> effects) {
        of(opened.pair()).opened(opened, nowMillis, effects);
    }

    void sent(LinkInput.Sent sent, long nowMillis, List<LinkEffect> effects) {
        of(sent.pair()).sent(sent.stream(), nowMillis, effects);
    }

    /** A stream that the link's predecessor left. */
    void found(LinkInput.StreamFound found, long nowMillis, List<LinkEffect> effects) {
        if (byPair.containsKey(found.pair()) || byPair.size() < MAX_CHANNELS) {
            of(found.pair()).found(found, nowMillis, effects);
        } else {
            effects.add(new LinkEffect.CloseStream(found.pair(), found.stream()));
        }
    }

    void leaving(LinkInput.StreamLeaving leaving, List<LinkEffect> effects) {
        of(leaving.pair()).leaving(leaving.stream(), effects);
    }

    /** @return false if there is still a stream */
    boolean failed(DomainPair pair, long nowMillis) {
        return of(pair).failed(nowMillis);
    }

    boolean ended(LinkInput.StreamEnded ended, Requests requests, long nowMillis, List<LinkEffect> effects) {
        return of(ended.pair()).ended(ended, requests::repeat, nowMillis, effects);
    }

    boolean mayOpen(DomainPair pair, long nowMillis) {
        return of(pair).mayOpen(nowMillis);
    }

    /** A new round of attempts begins. */
    void forgive() {
        byPair.values().forEach(Channel::forgive);
    }

    /** The next attempt for this pair may be at once: there is a way back on a stream of the peer's. */
    void forgive(DomainPair pair) {
        Channel channel = byPair.get(pair);
        if (channel != null) {
            channel.forgive();
        }
    }

    void answered(DomainPair pair, boolean ping, long nowMillis, List<LinkEffect> effects) {
        of(pair).answered(ping, nowMillis, effects);
    }

    /** Pairs whose stream is to be asked for a sign of life. */
    List<DomainPair> checksDue() {
        List<DomainPair> due = List.of();
        for (Map.Entry<DomainPair, Channel> entry : byPair.entrySet()) {
            if (entry.getValue().isCheckDue()) {
                due = due.isEmpty() ? new ArrayList<>() : due;
                due.add(entry.getKey());
            }
        }
        return due;
    }

    void check(DomainPair pair, XmlElement ping, List<LinkEffect> effects) {
        of(pair).check(ping, effects);
    }

    void silent(DomainPair pair, long nowMillis, List<LinkEffect> effects) {
        of(pair).silent(nowMillis, effects);
    }

    /** Closes streams that carried nothing for long, or have successors, and on which nothing is awaited. */
    void closeIdle(long idleTimeoutMillis, long nowMillis, Requests requests, List<LinkEffect> effects) {
        for (Map.Entry<DomainPair, Channel> entry : byPair.entrySet()) {
            DomainPair pair = entry.getKey();
            entry.getValue().tick(until -> requests.awaits(pair, until), nowMillis, effects);
            OptionalLong idleAt = entry.getValue().idleAtMillis(idleTimeoutMillis);
            if (idleAt.isPresent() && idleAt.getAsLong() <= nowMillis && !requests.uses(pair)) {
                entry.getValue().close(effects);
            }
        }
    }

    long nextIdleMillis(long idleTimeoutMillis) {
        long next = Long.MAX_VALUE;
        for (Channel channel : byPair.values()) {
            next = Math.min(next, channel.idleAtMillis(idleTimeoutMillis).orElse(Long.MAX_VALUE));
            next = Math.min(next, channel.nextWakeMillis());
        }
        return next;
    }

    /** Everything that was to be sent is with a stream. */
    boolean allSettled() {
        return byPair.values().stream().allMatch(Channel::isSettled);
    }

    boolean allClosed() {
        return byPair.values().stream().allMatch(Channel::isClosed);
    }

    void closeAll(List<LinkEffect> effects) {
        byPair.values().forEach(channel -> channel.close(effects));
        byPair.clear();
    }

    List<String> describe() {
        List<String> lines = new ArrayList<>();
        byPair.values().forEach(channel -> lines.add(channel.describe()));
        return lines;
    }
}

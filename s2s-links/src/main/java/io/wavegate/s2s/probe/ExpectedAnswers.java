package io.wavegate.s2s.probe;

import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.xml.XmlElement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * Answers that a check waits for, by the exact triple (id, from, to): they come on the peer's own streams, between those
 * that links wait for. While none is waited for, a stanza costs one look at an empty map.
 */
public final class ExpectedAnswers {
    private final ConcurrentMap<Addresses, CompletableFuture<XmlElement>> byAnswer = new ConcurrentHashMap<>();

    /** Takes the stanza if somebody waits for it. */
    public boolean take(XmlElement stanza) {
        if (byAnswer.isEmpty()) {
            return false;
        }
        CompletableFuture<XmlElement> waiting = byAnswer.remove(Addresses.of(stanza));
        return waiting != null && waiting.complete(stanza);
    }

    /**
     * Waits for the answer to a request.
     *
     * @return fails with a {@link java.util.concurrent.TimeoutException}
     */
    CompletionStage<XmlElement> expect(Addresses request, Duration patience) {
        Addresses answer = request.reversed();
        CompletableFuture<XmlElement> waiting = new CompletableFuture<>();
        byAnswer.put(answer, waiting);
        return waiting.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((stanza, failure) -> byAnswer.remove(answer));
    }
}

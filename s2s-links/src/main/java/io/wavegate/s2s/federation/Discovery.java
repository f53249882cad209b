package io.wavegate.s2s.federation;

import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Finds the wave service of one domain (spec section 2).
 *
 * <pre>
 *   need ── disco#items to the domain ──► candidates ── disco#info to each, in parallel ──► first with the feature
 *            (again if it timed out)       (an error                                         wins; all failed: none
 *                                           counts as an empty list)
 * </pre>
 *
 * <p>When the list is late, the domain and its {@code wave.} name are asked without it: they would be asked in any case, and
 * whoever waits for the service does not wait as long as all attempts for the list may take.
 *
 * <p>A machine with mutable state and one owner: given what happened and the time, it says what to ask next. Which of
 * {@link Status} it has come to is then read off it.
 */
public final class Discovery {
    private static final int MAX_EXPECTED = 64;

    private final String domain;
    private final DiscoverySettings settings;
    private final RandomGenerator random;
    private final Set<String> speakers = new LinkedHashSet<>();
    private final Set<String> asked = new HashSet<>();
    private final Set<String> tried = new HashSet<>();
    private final Set<String> expected = new HashSet<>();
    private boolean itemsOpen;
    private Status status = new Status.Unknown();
    private long startedMillis;
    private boolean anybodyAnswered;
    private String lastError = "";

    /** What is known. */
    public sealed interface Status {
        /** Nothing, or nothing any more. */
        record Unknown() implements Status {}

        /** Being found out. */
        record Running() implements Status {}

        /**
         * Found.
         *
         * @param service the address to send to
         * @param untilMillis believed until then
         */
        record Found(String service, long untilMillis) implements Status {}

        /**
         * Not found.
         *
         * @param answered somebody answered, and it was no wave service: a fact to be believed for a while; else nobody
         *     could be reached, which the link's own backoff handles
         * @param untilMillis believed until then, if answered
         * @param text the last error, for an operator
         */
        record NotFound(boolean answered, long untilMillis, String text) implements Status {}
    }

    /** What is asked. */
    public enum Kind {
        ITEMS,
        INFO
    }

    /**
     * A question to send.
     *
     * @param to whom
     * @param attempt counted from 0
     * @param timeoutMillis how long to wait for the answer
     */
    public record Query(Kind kind, String to, int attempt, long timeoutMillis) {}

    /** Why a question got no result. */
    public enum Failure {
        /** No answer in time. */
        TIMEOUT,
        /** An answer of type error. */
        ERROR,
        /** It could not be sent. */
        UNREACHABLE
    }

    public Discovery(String domain, DiscoverySettings settings, RandomGenerator random) {
        this.domain = domain;
        this.settings = settings;
        this.random = random;
    }

    /** What is known at this time. */
    public Status status(long nowMillis) {
        if (status instanceof Status.Found found && nowMillis >= found.untilMillis()) {
            forget();
        }
        if (status instanceof Status.NotFound none && none.answered() && nowMillis >= none.untilMillis()) {
            forget();
        }
        return status;
    }

    /** How the last search ended, even if it took so long that its outcome is not believed any more. */
    public Status outcome() {
        return status;
    }

    /** Until when it is believed that the domain has no wave service, because somebody said so; empty if it is not. */
    public OptionalLong noneUntilMillis(long nowMillis) {
        return status(nowMillis) instanceof Status.NotFound none && none.answered()
                ? OptionalLong.of(none.untilMillis())
                : OptionalLong.empty();
    }

    /** Begins anew. */
    public List<Query> start(long nowMillis) {
        forget();
        status = new Status.Running();
        itemsOpen = true;
        startedMillis = nowMillis;
        return List.of(items(0));
    }

    /** Forgets what is known. Answers to questions still under way no longer count. */
    public void forget() {
        status = new Status.Unknown();
        asked.clear();
        tried.clear();
        expected.clear();
        speakers.clear();
        itemsOpen = false;
        anybodyAnswered = false;
        lastError = "";
    }

    /**
     * An address speaks. If it stands under the domain and no service was found there, what is known is forgotten: it may
     * have been down. Until the next search it is open what the address is.
     *
     * @return whether the domain is worth another search
     */
    public boolean expect(String address) {
        boolean over = !(status instanceof Status.Found) && !(status instanceof Status.Running);
        if (!over || !address.endsWith("." + domain) || expected.size() >= MAX_EXPECTED) {
            return false;
        }
        if (!(status instanceof Status.Unknown)) {
            forget();
        }
        expected.add(address);
        return true;
    }

    /** Whether the next search is to tell about the address. */
    public boolean expects(String address) {
        return expected.contains(address);
    }

    /** Whether an address has shown itself to be a wave service of the domain. */
    public boolean isSpeaker(String address) {
        return speakers.contains(address);
    }

    /** Whether it is still open if the address is a wave service of the domain. */
    public boolean mayBecomeSpeaker(String address) {
        return status instanceof Status.Running || asked.contains(address) || expected.contains(address);
    }

    /** A result came. */
    public List<Query> answered(Query query, XmlElement result) {
        if (query.kind() == Kind.ITEMS) {
            return status instanceof Status.Running && itemsOpen ? listed(DiscoCodec.items(result)) : List.of();
        }
        if (!asked.remove(query.to())) {
            return List.of();
        }
        anybodyAnswered = true;
        if (DiscoCodec.isWave(result)) {
            speakers.add(query.to());
            if (status instanceof Status.Running) {
                status = new Status.Found(
                        query.to(), startedMillis + settings.foundFor().toMillis());
            }
        } else {
            lastError = query.to() + " has not the feature of a wave server";
        }
        endIfAllFailed();
        return List.of();
    }

    /** No result came. */
    public List<Query> failed(Query query, Failure failure, String text) {
        if (query.kind() == Kind.ITEMS) {
            return itemsFailed(query, failure);
        }
        if (!asked.remove(query.to())) {
            return List.of();
        }
        // What somebody said tells more than that a guessed name could not be reached.
        if (failure == Failure.ERROR || !anybodyAnswered) {
            lastError = query.to() + ": " + text;
        }
        anybodyAnswered |= failure == Failure.ERROR;
        endIfAllFailed();
        return List.of();
    }

    private List<Query> itemsFailed(Query query, Failure failure) {
        if (!(status instanceof Status.Running) || !itemsOpen) {
            return List.of();
        }
        int next = query.attempt() + 1;
        if (failure != Failure.TIMEOUT || next >= settings.itemsTimeouts().size()) {
            return listed(List.of());
        }
        List<Query> queries = new ArrayList<>(List.of(items(next)));
        queries.addAll(candidates(List.of()));
        return queries;
    }

    /** The list is there, or will not come any more. */
    private List<Query> listed(List<String> items) {
        itemsOpen = false;
        List<Query> queries = candidates(items);
        endIfAllFailed();
        return queries;
    }

    private Query items(int attempt) {
        long jitter = settings.itemsJitterMillis() == 0 ? 0 : random.nextLong(settings.itemsJitterMillis() + 1);
        long timeout = settings.itemsTimeouts().get(attempt).toMillis() + jitter;
        return new Query(Kind.ITEMS, domain, attempt, timeout);
    }

    private List<Query> candidates(List<String> items) {
        List<Query> queries = new ArrayList<>();
        for (String candidate : Candidates.of(domain, items, settings.maxCandidates())) {
            if (tried.add(candidate)) {
                asked.add(candidate);
                queries.add(new Query(
                        Kind.INFO, candidate, 0, settings.infoTimeout().toMillis()));
            }
        }
        return queries;
    }

    private void endIfAllFailed() {
        if (status instanceof Status.Running && asked.isEmpty() && !itemsOpen) {
            status = new Status.NotFound(
                    anybodyAnswered, startedMillis + settings.notFoundFor().toMillis(), lastError);
        }
    }
}

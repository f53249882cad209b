package io.wavegate.s2s.entity;

import io.wavegate.s2s.federation.FederationRequest;
import io.wavegate.s2s.stream.DomainPair;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finds the wave domain that an authenticated name speaks for (invariant 5): itself, or the domain whose discovery leads
 * to it. Sub-domains are domains of their own, so {@code wave.d} speaks for {@code d} only because d's discovery says so.
 */
final class SpeakerCheck {
    /** A peer waits 30 s for our answer; a discovery that takes longer is of no use to it. */
    private static final Duration TIMEOUT = Duration.ofSeconds(25);

    private final LinkRefs links;
    private final LocalNames ours;

    SpeakerCheck(LinkRefs links, LocalNames ours) {
        this.links = links;
        this.ours = ours;
    }

    /**
     * @param local our domain
     * @param sender the authenticated name
     * @return the wave domain to take the request as from; empty if the request is another domain's
     */
    CompletionStage<Optional<String>> speaksFor(String local, String sender, FederationRequest request) {
        Optional<String> wanted = request.speaksFor();
        if (wanted.isPresent()) {
            return confirm(local, wanted.get(), sender, true).thenApply(speaks -> wanted.filter(domain -> speaks));
        }
        String home = ForeignServices.home(sender);
        if (!home.equals(sender)) {
            return confirm(local, home, sender, true).thenApply(speaks -> Optional.of(speaks ? home : sender));
        }
        String parent = sender.substring(sender.indexOf('.') + 1);
        if (parent.indexOf('.') < 0) {
            return CompletableFuture.completedFuture(Optional.of(sender));
        }
        return confirm(local, parent, sender, false).thenApply(speaks -> Optional.of(speaks ? parent : sender));
    }

    private CompletionStage<Boolean> confirm(String local, String domain, String sender, boolean find) {
        if (domain.equals(sender)) {
            return CompletableFuture.completedFuture(true);
        } else if (ours.domainOf(domain).isPresent()) {
            // We speak for ours ourselves, and asking would have us dial ourselves on a stranger's word.
            return CompletableFuture.completedFuture(false);
        }
        return links.<Boolean>ask(
                        new DomainPair(local, domain),
                        replyTo -> new LinkCommand.Confirm(sender, find, replyTo),
                        TIMEOUT)
                .exceptionally(failure -> false);
    }
}

package io.wavegate.s2s.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** What an operator may do to links, besides looking at them. */
public interface LinkOperations extends LinkViews {
    /** Our domains. */
    List<String> localDomains();

    /** Components that may connect to us; each has links of its own, under its name in the place of our domain's. */
    List<String> componentNames();

    /**
     * Forgets what is believed of a domain, DNS included, and looks for its wave service at once, whatever the backoff says; a
     * component's link just opens a stream. Nothing happens if that is being done already. The link is made if there is none.
     *
     * @param local our domain, or a component's name, prepared (RFC 7622)
     * @param remote the other domain, prepared
     * @return the link right after; fails with a {@link java.util.concurrent.TimeoutException} if it is moving
     */
    CompletionStage<LinkView> retry(String local, String remote);

    /**
     * Closes the streams of a link, cleanly, and tells whoever waits for an answer that there will be none. Nothing is lost:
     * what is behind goes on from the wavelets' histories, on streams that are opened again. Those that the other domain opened
     * are closed too, at every node; if they serve other pairs of domains as well, these open others.
     *
     * @return the link right after; fails like {@link #retry}
     */
    CompletionStage<LinkView> close(String local, String remote);

    /**
     * Shows what passes a link from now on, on every node: stanzas in both directions, shortened, and what becomes of its
     * streams. Keys of dialback and what SASL exchanges are no stanzas and never shown. What different nodes saw comes in no
     * certain order, each thing with its time; a node that sees more than can be passed on says so and shows no more.
     *
     * @param watcher must take it quickly and never block: it is called where stanzas are handled, by several threads
     * @return ends it
     */
    LinkWatch watch(String local, String remote, Consumer<WatchedEvent> watcher);

    /** Who vouched for a domain when a stream was last authenticated with a new certificate; empty if nothing is known. */
    CompletionStage<Optional<VoucherView>> voucher(String domain);

    /** A watch that is under way. */
    interface LinkWatch extends AutoCloseable {
        @Override
        void close();
    }
}

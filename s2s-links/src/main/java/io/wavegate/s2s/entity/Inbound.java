package io.wavegate.s2s.entity;

import io.wavegate.s2s.federation.FederationRequest;
import io.wavegate.s2s.federation.FederationService;
import io.wavegate.s2s.federation.Incoming;
import io.wavegate.s2s.federation.IncomingReader;
import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.s2s.stanza.Stanzas;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes stanzas from the edge: answers go to the link that asked, requests are answered out of the wavelets, and what we
 * say back goes through the link too, since each direction has its own stream.
 */
final class Inbound implements StanzaReceiver {
    private static final Logger log = LoggerFactory.getLogger(Inbound.class);

    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final LinkRefs links;
    private final LocalNames names;
    private final ForeignServices services;
    private final FederationService service;
    private final SpeakerCheck speakers;
    private final int maxStanzas;
    private final long maxBytes;
    private final ConcurrentMap<DomainPair, InboundLane> lanes = new ConcurrentHashMap<>();

    Inbound(
            LinkRefs links,
            LocalNames names,
            ForeignServices services,
            FederationService service,
            int maxStanzas,
            long maxBytes) {
        this.links = links;
        this.names = names;
        this.services = services;
        this.service = service;
        this.speakers = new SpeakerCheck(links);
        this.maxStanzas = maxStanzas;
        this.maxBytes = maxBytes;
    }

    @Override
    public CompletionStage<Void> received(DomainPair pair, List<XmlElement> stanzas) {
        Optional<String> local = names.domainOf(pair.local());
        if (local.isEmpty()) {
            log.warn("Dropped {} stanzas to {}: it is none of our domains", stanzas.size(), pair.local());
            return CompletableFuture.completedFuture(null);
        }
        AtomicReference<InboundLane.Place> place = new AtomicReference<>();
        InboundLane lane = lanes.compute(pair, (key, known) -> {
            InboundLane used = known == null ? new InboundLane(maxStanzas, maxBytes) : known;
            place.set(used.next());
            return used;
        });
        Sender sender = new Sender(pair, local.get(), lane);
        return lane.admit(Objects.requireNonNull(place.get()), () -> admit(sender, stanzas, 0))
                .whenComplete((room, failure) -> tidy(sender));
    }

    private CompletionStage<Void> admit(Sender sender, List<XmlElement> stanzas, int first) {
        for (int i = first; i < stanzas.size(); i++) {
            CompletableFuture<Void> admitted = admit(sender, stanzas.get(i)).toCompletableFuture();
            if (!admitted.isDone()) {
                int next = i + 1;
                return admitted.thenCompose(done -> admit(sender, stanzas, next));
            }
        }
        return DONE;
    }

    /** Completes when the next stanza may be looked at. */
    private CompletionStage<Void> admit(Sender sender, XmlElement stanza) {
        Incoming incoming = IncomingReader.read(stanza);
        if (incoming instanceof Incoming.Request request) {
            return admitRequest(sender, request, XmlSize.of(stanza));
        }
        if (incoming instanceof Incoming.Answer answer) {
            String remote = services.route(sender.local(), sender.pair().remote(), answer.id());
            links.tell(new DomainPair(sender.local(), remote), new LinkCommand.Answer(answer.id(), answer.stanza()));
        } else if (incoming instanceof Incoming.Refused refused) {
            say(sender, refused.reply());
        } else {
            links.tell(sender.home(), new LinkCommand.Heard());
        }
        return DONE;
    }

    private CompletionStage<Void> admitRequest(Sender sender, Incoming.Request incoming, long bytes) {
        FederationRequest request = incoming.request();
        if (!request.isWave()) {
            serve(sender, sender.pair().remote(), incoming, bytes);
            return DONE;
        }
        String question = request.speaksFor().orElse("");
        Optional<String> known = sender.lane().speaker(question);
        if (known.isPresent()) {
            return served(request, serve(sender, known.get(), incoming, bytes));
        }
        return speakers.speaksFor(sender.local(), sender.pair().remote(), request)
                .thenCompose(domain -> {
                    if (domain.isEmpty()) {
                        say(sender, notTheirs(sender, incoming));
                        return DONE;
                    }
                    sender.lane().speaker(question, domain.get());
                    return served(request, serve(sender, domain.get(), incoming, bytes));
                });
    }

    /** A submit right behind the post of its signer must find the signer; all else is answered side by side. */
    private static CompletionStage<Void> served(FederationRequest request, CompletionStage<Void> served) {
        return request instanceof FederationRequest.PostSigner ? served : DONE;
    }

    private CompletionStage<Void> serve(Sender sender, String domain, Incoming.Request incoming, long bytes) {
        sender.lane().begin(bytes);
        return DONE.thenCompose(begin -> service.answer(domain, incoming)).<Void>handle((reply, failure) -> {
            if (failure != null) {
                log.error(
                        "A request of {} failed in our own code; it was answered by internal-server-error. Please"
                                + " report this with the stack below.",
                        domain,
                        failure);
                say(sender, failed(incoming));
            } else {
                reply.ifPresentOrElse(
                        stanza -> say(sender, stanza), () -> links.tell(sender.home(), new LinkCommand.Heard()));
            }
            sender.lane().end(bytes);
            tidy(sender);
            return null;
        });
    }

    private void say(Sender sender, XmlElement stanza) {
        links.tell(sender.home(), new LinkCommand.Say(sender.pair(), stanza));
    }

    private void tidy(Sender sender) {
        lanes.computeIfPresent(sender.pair(), (key, lane) -> lane.isIdle() ? null : lane);
    }

    private static XmlElement notTheirs(Sender sender, Incoming.Request incoming) {
        String domain = incoming.request().speaksFor().orElse("");
        return error(
                incoming,
                StanzaError.of(
                        ErrorCondition.NOT_AUTHORIZED,
                        sender.pair().remote() + " was not found to be the wave service of " + domain
                                + ". Only the domain that hosts a wavelet may send its updates."));
    }

    private static XmlElement failed(Incoming.Request incoming) {
        return error(incoming, StanzaError.of(ErrorCondition.INTERNAL_SERVER_ERROR, "Failed here. Try again later."));
    }

    private static XmlElement error(Incoming.Request incoming, StanzaError error) {
        String stanza = incoming.request() instanceof FederationRequest.Update ? "message" : "iq";
        return Stanzas.error(stanza, incoming.addresses(), error);
    }

    /**
     * Who sent it.
     *
     * @param pair as authenticated
     * @param local our domain
     */
    private record Sender(DomainPair pair, String local, InboundLane lane) {
        DomainPair home() {
            return new DomainPair(local, ForeignServices.home(pair.remote()));
        }
    }
}

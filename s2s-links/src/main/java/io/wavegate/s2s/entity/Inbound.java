package io.wavegate.s2s.entity;

import io.wavegate.s2s.federation.FederationRequest;
import io.wavegate.s2s.federation.FederationService;
import io.wavegate.s2s.federation.Incoming;
import io.wavegate.s2s.federation.IncomingReader;
import io.wavegate.s2s.probe.ExpectedAnswers;
import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.s2s.stanza.Stanzas;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlSize;
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

    private static final String TOO_MUCH = "Too many of your requests are being worked on. Try again later.";
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final LinkRefs links;
    private final LocalNames names;
    private final ForeignServices services;
    private final FederationService service;
    private final SpeakerCheck speakers;
    private final LinkWatches watches;
    private final ExpectedAnswers expected;
    private final int maxRequests;
    private final long maxBytes;
    private final ConcurrentMap<DomainPair, InboundLane> lanes = new ConcurrentHashMap<>();

    Inbound(
            LinkRefs links,
            LocalNames names,
            ForeignServices services,
            FederationService service,
            LinkWatches watches,
            ExpectedAnswers expected,
            int maxRequests,
            long maxBytes) {
        this.watches = watches;
        this.expected = expected;
        this.links = links;
        this.names = names;
        this.services = services;
        this.service = service;
        this.speakers = new SpeakerCheck(links, names);
        this.maxRequests = maxRequests;
        this.maxBytes = maxBytes;
    }

    @Override
    public CompletionStage<Void> received(DomainPair pair, List<XmlElement> stanzas) {
        return receive(pair, stanzas).takenOver();
    }

    @Override
    public Reception receive(DomainPair pair, List<XmlElement> stanzas) {
        return receive(pair, stanzas, links);
    }

    /** The same; what is said back, and to other links, goes this way. */
    Reception receive(DomainPair pair, List<XmlElement> stanzas, LinkTeller teller) {
        Optional<String> local = names.domainOf(pair.local());
        if (local.isEmpty()) {
            // The edge lets nothing through that is for a domain it does not serve.
            log.warn("Dropped {} stanzas to {}: it is none of our domains", stanzas.size(), pair.local());
            return new Reception(DONE, DONE);
        }
        CompletableFuture<?>[] open = stanzas.stream()
                .map(stanza -> take(new Sender(pair, local.get(), teller), stanza))
                .filter(handled -> !handled.isDone())
                .toArray(CompletableFuture<?>[]::new);
        return new Reception(DONE, open.length == 0 ? DONE : CompletableFuture.allOf(open));
    }

    @Override
    public void wayBack(DomainPair pair) {
        names.domainOf(pair.local())
                .ifPresent(local -> links.tell(new Sender(pair, local, links).home(), new LinkCommand.WayBack(pair)));
    }

    /** Completes when it is dealt with, which for a request is when it is answered. */
    private CompletableFuture<Void> take(Sender sender, XmlElement stanza) {
        DomainPair pair = sender.pair();
        watches.received(sender.home(), pair, stanza);
        Incoming incoming = IncomingReader.read(stanza);
        if (incoming instanceof Incoming.Request request) {
            if (request.request().isWave()) {
                return takeWave(sender, request, XmlSize.of(stanza));
            }
            return serve(sender, pair.remote(), request).toCompletableFuture();
        } else if (incoming instanceof Incoming.Answer answer) {
            if (expected.take(stanza)) {
                return DONE;
            }
            String remote = services.route(sender.local(), pair.remote(), answer.id());
            sender.links()
                    .tell(new DomainPair(sender.local(), remote), new LinkCommand.Answer(answer.id(), answer.stanza()));
        } else if (incoming instanceof Incoming.Refused refused) {
            say(sender, refused.reply());
        } else {
            sender.links().tell(sender.home(), new LinkCommand.Heard());
        }
        return DONE;
    }

    /** Wave requests keep their order; answers above never wait for them. */
    private CompletableFuture<Void> takeWave(Sender sender, Incoming.Request request, long size) {
        AtomicReference<Optional<InboundLane.Place>> place = new AtomicReference<>(Optional.empty());
        InboundLane lane = Objects.requireNonNull(lanes.compute(sender.pair(), (pair, known) -> {
            InboundLane used = known == null ? new InboundLane(maxRequests, maxBytes) : known;
            place.set(used.next(size));
            return used;
        }));
        Optional<InboundLane.Place> taken = Objects.requireNonNull(place.get());
        if (taken.isEmpty()) {
            say(sender, error(request, ErrorCondition.RESOURCE_CONSTRAINT, TOO_MUCH));
            return DONE;
        }
        CompletableFuture<Void> ended = new CompletableFuture<>();
        ended.thenRun(() -> {
            lane.end(size);
            lanes.computeIfPresent(sender.pair(), (pair, known) -> known.isIdle() ? null : known);
        });
        taken.get().begin(() -> begin(sender, lane, request, ended));
        return ended;
    }

    /** Completes when the next request may begin; {@code ended} when this one is answered. */
    private CompletionStage<Void> begin(
            Sender sender, InboundLane lane, Incoming.Request incoming, CompletableFuture<Void> ended) {
        FederationRequest request = incoming.request();
        String question = request.speaksFor().orElse("");
        Optional<String> known = lane.speaker(question);
        CompletionStage<Optional<String>> domain = known.isPresent()
                ? CompletableFuture.completedFuture(known)
                : speakers.speaksFor(sender.local(), sender.pair().remote(), request);
        return domain.thenCompose(found -> {
            if (found.isEmpty()) {
                say(sender, error(incoming, ErrorCondition.NOT_AUTHORIZED, notTheirs(sender, request)));
                ended.complete(null);
                return DONE;
            }
            lane.speaker(question, found.get());
            CompletionStage<Void> served = serve(sender, found.get(), incoming);
            served.whenComplete((done, failure) -> ended.complete(null));
            // A submit right behind the post of its signer must find the signer; all else is answered side by side.
            return request instanceof FederationRequest.PostSigner ? served : DONE;
        });
    }

    private CompletionStage<Void> serve(Sender sender, String domain, Incoming.Request incoming) {
        return DONE.thenCompose(begin -> service.answer(domain, incoming)).<Void>handle((reply, failure) -> {
            if (failure != null) {
                log.error(
                        "A request of {} failed in our own code; it was answered by internal-server-error. Please"
                                + " report this with the stack below.",
                        domain,
                        failure);
                say(sender, error(incoming, ErrorCondition.INTERNAL_SERVER_ERROR, "Failed here. Try again later."));
            } else {
                reply.ifPresentOrElse(stanza -> say(sender, stanza), () -> sender.links()
                        .tell(sender.home(), new LinkCommand.Heard()));
            }
            return null;
        });
    }

    private void say(Sender sender, XmlElement stanza) {
        sender.links().tell(sender.home(), new LinkCommand.Say(sender.pair(), stanza));
    }

    private static String notTheirs(Sender sender, FederationRequest request) {
        return sender.pair().remote() + " was not found to be the wave service of "
                + request.speaksFor().orElse("") + ". Only the domain that hosts a wavelet may send its updates.";
    }

    private static XmlElement error(Incoming.Request incoming, ErrorCondition condition, String text) {
        String stanza = incoming.request() instanceof FederationRequest.Update ? "message" : "iq";
        return Stanzas.error(stanza, incoming.addresses(), StanzaError.of(condition, text));
    }

    /**
     * Who sent it.
     *
     * @param pair as authenticated
     * @param local our domain
     * @param links the way to the links
     */
    private record Sender(DomainPair pair, String local, LinkTeller links) {
        DomainPair home() {
            return new DomainPair(local, ForeignServices.home(pair.remote()));
        }
    }
}

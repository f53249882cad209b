package io.wavegate.s2s.link;

import io.wavegate.s2s.federation.Discovery;
import io.wavegate.s2s.federation.Receipts;
import io.wavegate.s2s.link.Outstanding.Ask;
import io.wavegate.s2s.link.Outstanding.Pending;
import io.wavegate.s2s.link.Outstanding.Purpose;
import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.stanza.IqType;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.s2s.stanza.Stanzas;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The requests a link has accepted, from admission to answer, in this order: held until the service is known, parked until
 * their preamble is answered, outstanding. Bounded together.
 */
final class Requests {
    private final String local;
    private final LinkSettings settings;
    private final IdSource ids;
    private final Channels channels;
    private final Outstanding outstanding = new Outstanding();
    private final List<Ask> held = new ArrayList<>();
    private final List<Ask> parked = new ArrayList<>();
    private Optional<XmlElement> preambleUnderWay = Optional.empty();
    private Optional<XmlElement> preambleDone = Optional.empty();
    private int underWay;
    private long bytesUnderWay;
    private boolean turnedAway;

    Requests(String local, LinkSettings settings, IdSource ids, Channels channels) {
        this.local = local;
        this.settings = settings;
        this.ids = ids;
        this.channels = channels;
    }

    // ---- bounds

    boolean admit(OutboundRequest request) {
        boolean room = underWay < settings.maxUnderWay()
                && (underWay == 0 || bytesUnderWay + request.bytes() <= settings.maxBytesUnderWay());
        if (room) {
            underWay++;
            bytesUnderWay += request.bytes();
        } else {
            turnedAway = true;
        }
        return room;
    }

    /** @return true if somebody was turned away and there is room again: half of the bound, not to flap */
    boolean release(Ask ask) {
        underWay--;
        bytesUnderWay -= ask.request().bytes();
        boolean roomAgain = turnedAway
                && underWay <= settings.maxUnderWay() / 2
                && bytesUnderWay <= settings.maxBytesUnderWay() / 2;
        turnedAway &= !roomAgain;
        return roomAgain;
    }

    Outcome overloaded(String remote) {
        return new Outcome.Overloaded("Too much is under way to " + remote + " (" + underWay + " requests, "
                + bytesUnderWay + " bytes). It goes on by itself as answers come.");
    }

    // ---- sending

    void hold(Ask ask) {
        held.add(ask);
    }

    void sendHeld(String service, long nowMillis, List<LinkEffect> effects) {
        List<Ask> all = List.copyOf(held);
        held.clear();
        all.forEach(ask -> send(ask, service, nowMillis, effects));
    }

    void send(Ask ask, String service, long nowMillis, List<LinkEffect> effects) {
        Optional<XmlElement> preamble = ask.request().preamble();
        if (preamble.isEmpty() || preamble.equals(preambleDone)) {
            transmit(ask, service, nowMillis, effects);
            return;
        }
        parked.add(ask);
        if (preambleUnderWay.isEmpty()) {
            sendPreamble(preamble.get(), service, nowMillis, effects);
        }
    }

    /** Whether it may have forgotten the signer that we posted before (spec section 6): then it is posted again, once. */
    boolean mayHaveLostPreamble(Ask ask, StanzaError error) {
        return error.condition() == ErrorCondition.INTERNAL_SERVER_ERROR
                && ask.request().preamble().isPresent()
                && !ask.again();
    }

    /** Sends it again, its preamble first. */
    void repeat(Ask ask, String service, long nowMillis, List<LinkEffect> effects) {
        if (preambleDone.equals(ask.request().preamble())) {
            preambleDone = Optional.empty();
        }
        send(new Ask(ask.token(), ask.request(), ask.deadlineMillis(), true), service, nowMillis, effects);
    }

    private void sendPreamble(XmlElement payload, String service, long nowMillis, List<LinkEffect> effects) {
        preambleUnderWay = Optional.of(payload);
        long deadline = nowMillis + settings.answerTimeout().toMillis();
        iq(IqType.SET, payload, service, new Purpose.Preamble(payload), deadline, nowMillis, effects);
    }

    private void transmit(Ask ask, String service, long nowMillis, List<LinkEffect> effects) {
        OutboundRequest request = ask.request();
        Purpose purpose = new Purpose.Caller(ask);
        switch (request.form()) {
            case IQ_GET ->
                iq(IqType.GET, request.payload().get(0), service, purpose, ask.deadlineMillis(), nowMillis, effects);
            case IQ_SET ->
                iq(IqType.SET, request.payload().get(0), service, purpose, ask.deadlineMillis(), nowMillis, effects);
            case MESSAGE -> {
                Addresses addresses = new Addresses(ids.next(), local, service);
                List<XmlElement> payload = new ArrayList<>();
                payload.add(Receipts.request());
                payload.addAll(request.payload());
                DomainPair pair = new DomainPair(local, service);
                outstanding.add(addresses, new Pending(purpose, pair, false, nowMillis, ask.deadlineMillis()));
                channels.request(pair, Stanzas.message(addresses, payload), nowMillis, effects);
            }
        }
    }

    private void iq(
            IqType type,
            XmlElement payload,
            String to,
            Purpose purpose,
            long deadlineMillis,
            long nowMillis,
            List<LinkEffect> effects) {
        Addresses addresses = new Addresses(ids.next(), local, to);
        DomainPair pair = new DomainPair(local, to);
        outstanding.add(addresses, new Pending(purpose, pair, true, nowMillis, deadlineMillis));
        channels.request(pair, Stanzas.request(type, addresses, payload), nowMillis, effects);
    }

    /** @return false if there is no stream to ask on, and it was tried just now */
    boolean query(Discovery.Query query, long nowMillis, List<LinkEffect> effects) {
        if (!channels.mayOpen(new DomainPair(local, query.to()), nowMillis)) {
            return false;
        }
        String namespace =
                switch (query.kind()) {
                    case ITEMS -> Namespaces.DISCO_ITEMS;
                    case INFO -> Namespaces.DISCO_INFO;
                };
        XmlElement payload = XmlElement.builder(namespace, "query").build();
        iq(
                IqType.GET,
                payload,
                query.to(),
                new Purpose.Discover(query),
                nowMillis + query.timeoutMillis(),
                nowMillis,
                effects);
        return true;
    }

    /** XEP-0199: any answer, also an error, shows that the stream is alive. */
    void ping(DomainPair pair, long nowMillis, List<LinkEffect> effects) {
        Addresses addresses = new Addresses(ids.next(), pair.local(), pair.remote());
        long deadline = nowMillis + settings.checkTimeout().toMillis();
        outstanding.add(addresses, new Pending(new Purpose.Ping(), pair, true, nowMillis, deadline));
        XmlElement payload = XmlElement.builder(Namespaces.PING, "ping").build();
        channels.check(pair, Stanzas.request(IqType.GET, addresses, payload), effects);
    }

    /** Asks the service for a sign of life, on whatever stream there is; nothing if that is being done. */
    void probe(String service, long nowMillis, List<LinkEffect> effects) {
        if (!outstanding.has(Purpose.Probe.class)) {
            XmlElement payload =
                    XmlElement.builder(Namespaces.DISCO_INFO, "query").build();
            long deadline = nowMillis + settings.discovery().infoTimeout().toMillis();
            iq(IqType.GET, payload, service, new Purpose.Probe(), deadline, nowMillis, effects);
        }
    }

    // ---- answers

    Optional<Pending> take(String id, XmlElement stanza) {
        return outstanding.take(id, stanza);
    }

    /**
     * The preamble is answered, or never will be. What was parked for it follows in any case (spec 3.4); what was parked
     * for another one sends that.
     */
    void preambleAnswered(
            Purpose.Preamble preamble,
            boolean accepted,
            Optional<String> service,
            long nowMillis,
            List<LinkEffect> effects) {
        preambleUnderWay = Optional.empty();
        if (accepted) {
            preambleDone = Optional.of(preamble.payload());
        }
        List<Ask> all = List.copyOf(parked);
        parked.clear();
        for (Ask ask : all) {
            if (service.isEmpty()) {
                held.add(ask);
            } else if (ask.request().preamble().equals(Optional.of(preamble.payload()))) {
                transmit(ask, service.get(), nowMillis, effects);
            } else {
                send(ask, service.get(), nowMillis, effects);
            }
        }
    }

    /** The preamble was lost with its stream: so are those that waited for it. */
    List<Ask> preambleLost() {
        preambleUnderWay = Optional.empty();
        List<Ask> all = List.copyOf(parked);
        parked.clear();
        return all;
    }

    /** Takes out a request that was not sent after all. */
    Optional<Pending> takeUnsent(XmlElement stanza) {
        return outstanding.takeSent(stanza);
    }

    /** A stream has lost this stanza. @return whether it is to be sent again, on another one */
    boolean repeat(XmlElement stanza) {
        return outstanding.repeat(stanza);
    }

    // ---- giving up

    List<Pending> takeLate(long nowMillis) {
        return outstanding.takeIf(pending -> pending.deadlineMillis() <= nowMillis);
    }

    List<Ask> takeLateUnsent(long nowMillis) {
        List<Ask> late = new ArrayList<>();
        takeLate(held, nowMillis, late);
        takeLate(parked, nowMillis, late);
        return late;
    }

    private static void takeLate(List<Ask> from, long nowMillis, List<Ask> to) {
        for (Iterator<Ask> all = from.iterator(); all.hasNext(); ) {
            Ask ask = all.next();
            if (ask.deadlineMillis() <= nowMillis) {
                all.remove();
                to.add(ask);
            }
        }
    }

    List<Pending> takeSentOn(DomainPair pair) {
        return outstanding.takeIf(pending -> pending.pair().equals(pair));
    }

    /** Takes out every ask, oldest first, and forgets all else that is under way but checks of streams. */
    List<Ask> takeAll() {
        List<Ask> all = new ArrayList<>();
        for (Pending pending : outstanding.takeIf(any -> !(any.purpose() instanceof Purpose.Ping))) {
            if (pending.purpose() instanceof Purpose.Caller caller) {
                all.add(caller.ask());
            }
        }
        all.addAll(preambleLost());
        all.addAll(held);
        held.clear();
        preambleDone = Optional.empty();
        return all;
    }

    /** Whether an answer is awaited to something that was sent for the pair until then. */
    boolean awaits(DomainPair pair, long untilMillis) {
        return outstanding.awaits(pair, untilMillis);
    }

    boolean uses(DomainPair pair) {
        return outstanding.uses(pair);
    }

    boolean isEmpty() {
        return outstanding.isEmpty() && held.isEmpty() && parked.isEmpty();
    }

    int underWay() {
        return underWay;
    }

    long bytesUnderWay() {
        return bytesUnderWay;
    }
}

package io.wavegate.s2s.wave;

import com.google.protobuf.ByteString;
import io.wavegate.s2s.Xml;
import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.trust.DeltaSigner;
import io.wavegate.wavelet.trust.SignerId;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A wave server with the ways of Apache Wave (spec 2, 3, 7.4, 8, 9, 13): as a component it takes stanzas and gives stanzas,
 * whatever carries them. It repeats nothing, pairs answers by (id, from, to), and asks for one delta of history at a time.
 * Tests switch its worse moments on and off.
 */
final class ReferencePeer {
    private static final long TIMEOUT_SECONDS = 5;

    private final String domain;
    private final DeltaSigner signer;
    private final Consumer<XmlElement> wire;
    private final Map<Addresses, CompletableFuture<XmlElement>> waiting = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<String>> services = new ConcurrentHashMap<>();
    private final Set<ByteString> knownSigners = ConcurrentHashMap.newKeySet();
    private final ReferenceHost host;
    private final ReferenceReplica replica;
    private long lastId;
    private volatile boolean mute;
    private volatile boolean silent;
    private volatile int maxBytes = Integer.MAX_VALUE;

    ReferencePeer(String domain, DeltaSigner signer, Consumer<XmlElement> wire) {
        this.domain = domain;
        this.signer = signer;
        this.wire = wire;
        this.host = new ReferenceHost(this);
        this.replica = new ReferenceReplica(this);
    }

    String domain() {
        return domain;
    }

    DeltaSigner signer() {
        return signer;
    }

    ReferenceHost host() {
        return host;
    }

    ReferenceReplica replica() {
        return replica;
    }

    // ---- bad moments

    /** After its connection was lost and made again: it receives and can never send (spec 9.6). */
    void mute(boolean yes) {
        mute = yes;
    }

    /** Its handlers throw: nothing that is asked or told is answered, as spec 9.4 has it for much less. */
    void silent(boolean yes) {
        silent = yes;
    }

    /** Its XMPP server drops stanzas that are larger. */
    void maxBytes(int bytes) {
        maxBytes = bytes;
    }

    /** Restarted: what was in memory only is gone. */
    synchronized void restart() {
        mute = false;
        silent = false;
        services.clear();
        waiting.clear();
        knownSigners.clear();
        replica.restart();
    }

    // ---- taking

    /** A stanza for the component, disco#info excepted. */
    synchronized void received(XmlElement stanza) {
        String type = stanza.attribute("type").orElse("");
        boolean receipt = stanza.child(Namespaces.RECEIPTS, "received").isPresent();
        if (receipt || type.equals("result") || type.equals("error")) {
            CompletableFuture<XmlElement> waiter = waiting.remove(Addresses.of(stanza));
            if (waiter != null) {
                waiter.complete(stanza);
            }
        } else if (!silent) {
            serve(stanza, type);
        }
    }

    private void serve(XmlElement stanza, String type) {
        Addresses back = Addresses.of(stanza).reversed();
        if (stanza.child(Namespaces.PUBSUB_EVENT, "event").isPresent()) {
            replica.told(stanza, () -> send(ReferenceStanzas.receipt(back)));
        } else if (find(stanza, "delta-history").isPresent() && type.equals("get")) {
            host.history(find(stanza, "delta-history").get(), back);
        } else if (find(stanza, "signer-request").isPresent() && type.equals("get")) {
            host.signer(find(stanza, "signer-request").get(), back);
        } else if (find(stanza, "signature").isPresent() && type.equals("set")) {
            remember(find(stanza, "signature").get());
            send(ReferenceStanzas.iq("result", back, ReferenceStanzas.signerPosted()));
        } else if (find(stanza, "submit-request").isPresent() && type.equals("set")) {
            host.submitted(find(stanza, "delta").orElseThrow(), back);
        } else {
            badRequest(stanza.name().local(), back, "not a wave request");
        }
    }

    private void remember(XmlElement signature) {
        knownSigners.add(SignerId.of(signerInfo(signature)));
    }

    private static SignerInfo signerInfo(XmlElement signature) {
        return new SignerInfo(
                SignerInfo.HashAlgorithm.valueOf(
                        signature.attribute("algorithm").orElseThrow()),
                signature.attribute("domain").orElseThrow(),
                signature.elements().stream().map(Captured::bytes).toList());
    }

    // ---- asking

    void badRequest(String stanza, Addresses back, String text) {
        send(ReferenceStanzas.error(stanza, back, "bad-request", "modify", 400, text));
    }

    void send(XmlElement stanza) {
        if (!mute && Xml.text(stanza).length() <= maxBytes) {
            wire.accept(stanza);
        }
    }

    boolean knows(ByteString signerId) {
        return signerId.equals(signer.id()) || knownSigners.contains(signerId);
    }

    /** Forgets whose deltas it may take, as after a restart. */
    void forgetSigners() {
        knownSigners.clear();
    }

    /** Completes when the signer is known or cannot be had; either way it goes on (spec 8 step 2). */
    CompletionStage<Void> learn(WaveletName wavelet, ByteString id, HashedVersion end) {
        if (knows(id)) {
            return CompletableFuture.completedFuture(null);
        }
        return ask("get", wavelet.waveletDomain(), ReferenceStanzas.signerRequest(wavelet, id, end))
                .handle((answer, failure) -> {
                    if (failure == null) {
                        find(answer, "signature").ifPresent(this::remember);
                    }
                    return null;
                });
    }

    /** Posts the signer, then submits, whether the post succeeded or not (spec 3.4). */
    CompletionStage<XmlElement> submit(WaveletName wavelet, ByteString signed) {
        String post = ReferenceStanzas.signerPost(signer.info());
        return ask("set", wavelet.waveletDomain(), post)
                .handle((posted, failure) -> null)
                .thenCompose(posted -> ask("set", wavelet.waveletDomain(), ReferenceStanzas.submit(wavelet, signed)));
    }

    /** Asks the wave service of a domain; fails after the timeout, and is not repeated. */
    CompletionStage<XmlElement> ask(String type, String remoteDomain, String payload) {
        return discover(remoteDomain).thenCompose(service -> iq(type, service, payload));
    }

    private CompletionStage<XmlElement> iq(String type, String to, String payload) {
        Addresses addresses = addresses(to);
        CompletableFuture<XmlElement> answer = await(addresses);
        send(ReferenceStanzas.iq(type, addresses, payload));
        return answer.thenCompose(stanza -> stanza.attribute("type").equals(Optional.of("result"))
                ? CompletableFuture.completedFuture(stanza)
                : CompletableFuture.failedFuture(new IllegalStateException("error: " + stanza)));
    }

    /** Tells an update; the stage completes with the receipt, which nobody here waits for (spec 7.4). */
    CompletionStage<XmlElement> tell(String remoteDomain, List<String> items) {
        return discover(remoteDomain).thenCompose(service -> {
            Addresses addresses = addresses(service);
            CompletableFuture<XmlElement> receipt = await(addresses);
            send(ReferenceStanzas.update(addresses, items));
            return receipt;
        });
    }

    private CompletableFuture<XmlElement> await(Addresses request) {
        CompletableFuture<XmlElement> answer = new CompletableFuture<>();
        waiting.put(request.reversed(), answer);
        return answer.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private synchronized Addresses addresses(String to) {
        byte[] id =
                ByteBuffer.allocate(16).putLong(hashCode()).putLong(++lastId).array();
        return new Addresses(Base64.getEncoder().encodeToString(id), "wave." + domain, to);
    }

    /** Spec 2, without the repetitions: items, then information of each candidate, the first with the feature wins. */
    private CompletableFuture<String> discover(String remoteDomain) {
        return services.computeIfAbsent(remoteDomain, missing -> {
            CompletableFuture<String> found = new CompletableFuture<>();
            iq("get", missing, "<query xmlns='" + Namespaces.DISCO_ITEMS + "'/>")
                    .handle((items, failure) ->
                            candidates(missing, failure == null ? Optional.of(items) : Optional.empty()))
                    .thenAccept(candidates -> inform(candidates, found));
            return found;
        });
    }

    private static Set<String> candidates(String domain, Optional<XmlElement> items) {
        Set<String> candidates = new LinkedHashSet<>();
        items.ifPresent(result -> Captured.all(result, Namespaces.DISCO_ITEMS, "item")
                .forEach(item -> item.attribute("jid").ifPresent(candidates::add)));
        if (candidates.isEmpty()) {
            candidates.add(domain);
        }
        candidates.add("wave." + domain);
        return candidates;
    }

    private void inform(Set<String> candidates, CompletableFuture<String> found) {
        Set<String> open = new HashSet<>(candidates);
        for (String candidate : candidates) {
            iq("get", candidate, "<query xmlns='" + Namespaces.DISCO_INFO + "'/>")
                    .whenComplete((info, failure) -> {
                        boolean wave = failure == null
                                && Captured.all(info, Namespaces.DISCO_INFO, "feature").stream()
                                        .anyMatch(feature ->
                                                feature.attribute("var").equals(Optional.of(Namespaces.WAVE)));
                        synchronized (open) {
                            open.remove(candidate);
                            if (wave) {
                                found.complete(info.attribute("from").orElseThrow());
                            } else if (open.isEmpty()) {
                                found.completeExceptionally(new IllegalStateException("no such wave server"));
                            }
                        }
                    });
        }
    }

    static Optional<XmlElement> find(XmlElement stanza, String waveLocal) {
        return Captured.all(stanza, Namespaces.WAVE, waveLocal).stream().findFirst();
    }

    static WaveletName wavelet(XmlElement named) {
        return WaveletName.parseUri(named.attribute("wavelet-name").orElseThrow())
                .orElseThrow();
    }

    static HashedVersion version(XmlElement element, String version, String hash) {
        return new HashedVersion(
                Long.parseLong(element.attribute(version).orElseThrow()),
                ByteString.copyFrom(
                        Base64.getDecoder().decode(element.attribute(hash).orElseThrow())));
    }
}

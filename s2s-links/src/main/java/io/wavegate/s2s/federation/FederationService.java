package io.wavegate.s2s.federation;

import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.stanza.Stanzas;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.api.WaveletUpdate;
import io.wavegate.wavelet.api.Wavelets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Answers what other domains ask, out of {@link Wavelets}. Keeps nothing. */
public final class FederationService {
    private final Supplier<Wavelets> wavelets;
    private final long maxHistoryBytes;
    private final Function<String, List<String>> items;

    /**
     * @param wavelets who knows; asked for at each request
     * @param maxHistoryBytes bound of the deltas in one history reply; a reply has at least one delta
     * @param items what a name of ours lists as its services, in order
     */
    public FederationService(Supplier<Wavelets> wavelets, long maxHistoryBytes, Function<String, List<String>> items) {
        this.wavelets = wavelets;
        this.maxHistoryBytes = maxHistoryBytes;
        this.items = items;
    }

    /**
     * Answers a request.
     *
     * @param remoteDomain the wave domain that the sender was found to speak for
     * @return the stanza to send back, if there is one; fails only if {@link Wavelets} does
     */
    public CompletionStage<Optional<XmlElement>> answer(String remoteDomain, Incoming.Request incoming) {
        Addresses addresses = incoming.addresses();
        FederationRequest request = incoming.request();
        if (request instanceof FederationRequest.Submit submit) {
            return submit(remoteDomain, addresses, submit.request());
        }
        if (request instanceof FederationRequest.PostSigner post) {
            return wavelets.get()
                    .postSigner(remoteDomain, post.signer())
                    .thenApply(answer -> reply(addresses, answer, posted -> SignerCodec.postResponse()));
        }
        if (request instanceof FederationRequest.AskSigner ask) {
            SignerCodec.Request signer = ask.request();
            return wavelets.get()
                    .signer(remoteDomain, signer.signerId(), signer.wavelet(), signer.end())
                    .thenApply(answer -> reply(addresses, answer, SignerCodec::response));
        }
        if (request instanceof FederationRequest.AskHistory ask) {
            return history(remoteDomain, addresses, ask.request());
        }
        if (request instanceof FederationRequest.Update update) {
            return update(remoteDomain, addresses, update);
        }
        return CompletableFuture.completedFuture(Optional.of(own(addresses, request)));
    }

    /** What needs no wavelet. */
    private XmlElement own(Addresses addresses, FederationRequest request) {
        if (request instanceof FederationRequest.DiscoInfo info) {
            return Stanzas.result(addresses, List.of(DiscoCodec.ownInfo(info.node())));
        }
        if (request instanceof FederationRequest.DiscoItems items) {
            return Stanzas.result(
                    addresses, List.of(DiscoCodec.ownItems(items.node(), this.items.apply(addresses.from()))));
        }
        if (request instanceof FederationRequest.WavePing) {
            return Stanzas.receipt(addresses);
        }
        return Stanzas.result(addresses, List.of());
    }

    private CompletionStage<Optional<XmlElement>> submit(
            String remoteDomain, Addresses addresses, SubmitCodec.Request request) {
        return wavelets.get()
                .submitFromRemote(remoteDomain, request.wavelet(), request.signedDelta())
                .thenApply(result -> {
                    if (result instanceof SubmitResult.Applied applied) {
                        return Optional.of(Stanzas.result(addresses, List.of(SubmitCodec.response(applied))));
                    }
                    return Optional.of(Stanzas.error(
                            "iq", addresses, RefusalErrors.toError(((SubmitResult.Refused) result).refusal())));
                });
    }

    private CompletionStage<Optional<XmlElement>> history(
            String remoteDomain, Addresses addresses, HistoryCodec.Request request) {
        // Without a limit the reference gives one delta; it accepts as many as we like (spec 3.6).
        OptionalLong limit = OptionalLong.of(Math.min(request.maxBytes().orElse(maxHistoryBytes), maxHistoryBytes));
        long end = request.end().version();
        return wavelets.get()
                .history(remoteDomain, request.wavelet(), request.start(), request.end(), limit)
                .thenApply(answer -> reply(addresses, answer, history -> HistoryCodec.response(history, end)));
    }

    /** The parts one after the other: the order of deltas is the order of the message. */
    private CompletionStage<Optional<XmlElement>> update(
            String remoteDomain, Addresses addresses, FederationRequest.Update request) {
        CompletionStage<Answer<Boolean>> handled = CompletableFuture.completedFuture(new Answer.Ok<>(true));
        for (WaveletUpdate update : request.updates()) {
            handled = handled.thenCompose(before -> before instanceof Answer.No<Boolean>
                    ? CompletableFuture.completedFuture(before)
                    : wavelets.get().updateFromRemote(remoteDomain, update));
        }
        return handled.thenApply(answer -> {
            if (answer instanceof Answer.No<Boolean> no) {
                return Optional.of(Stanzas.error("message", addresses, RefusalErrors.toError(no.refusal())));
            }
            return request.receipt() ? Optional.of(Stanzas.receipt(addresses)) : Optional.empty();
        });
    }

    private static <T> Optional<XmlElement> reply(
            Addresses addresses, Answer<T> answer, Function<T, XmlElement> payload) {
        if (answer instanceof Answer.Ok<T> ok) {
            return Optional.of(Stanzas.result(addresses, List.of(payload.apply(ok.value()))));
        }
        return Optional.of(Stanzas.error("iq", addresses, RefusalErrors.toError(((Answer.No<T>) answer).refusal())));
    }
}

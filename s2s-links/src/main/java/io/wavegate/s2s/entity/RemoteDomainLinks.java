package io.wavegate.s2s.entity;

import com.google.protobuf.ByteString;
import io.wavegate.s2s.federation.BadStanzaException;
import io.wavegate.s2s.federation.HistoryCodec;
import io.wavegate.s2s.federation.RefusalErrors;
import io.wavegate.s2s.federation.SignerCodec;
import io.wavegate.s2s.federation.SubmitCodec;
import io.wavegate.s2s.federation.UpdateCodec;
import io.wavegate.s2s.federation.UpdateParts;
import io.wavegate.s2s.link.OutboundRequest;
import io.wavegate.s2s.link.OutboundRequest.Form;
import io.wavegate.s2s.link.Outcome;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.History;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.RemoteDomains;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.api.WaveletUpdate;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Scheduler;
import scala.concurrent.ExecutionContext;

/** What wavelets ask of other domains, as stanzas through the links. */
final class RemoteDomainLinks implements RemoteDomains {
    /** A link answers within its own time; longer than that means that it moved to another node meanwhile. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final LinkRefs links;
    private final Scheduler scheduler;
    private final ExecutionContext executor;
    private final Duration timeout;
    private final StanzaSizes sizes;
    private final long maxDeltaBytes;

    RemoteDomainLinks(
            LinkRefs links, ActorSystem<?> system, Duration answerTimeout, long maxUpdateBytes, long maxDeltaBytes) {
        this.links = links;
        this.scheduler = system.scheduler();
        this.executor = system.executionContext();
        this.timeout = answerTimeout.multipliedBy(2).plus(GRACE);
        this.sizes = new StanzaSizes(maxUpdateBytes);
        this.maxDeltaBytes = maxDeltaBytes;
    }

    @Override
    public CompletionStage<Answer<Boolean>> update(String localDomain, String remoteDomain, WaveletUpdate update) {
        DomainPair link = new DomainPair(localDomain, remoteDomain);
        return update(link, UpdateParts.of(update, sizes.contentFor(link)));
    }

    private CompletionStage<Answer<Boolean>> update(DomainPair link, List<WaveletUpdate> parts) {
        CompletionStage<Answer<Boolean>> all = CompletableFuture.completedFuture(new Answer.Ok<>(true));
        for (WaveletUpdate part : parts) {
            all = all.thenCombine(
                    update(link, part), (before, answer) -> before instanceof Answer.No<Boolean> ? before : answer);
        }
        return all;
    }

    private CompletionStage<Answer<Boolean>> update(DomainPair link, WaveletUpdate part) {
        long bytes = part.appliedDeltas().stream()
                .mapToLong(RemoteDomainLinks::stanzaBytes)
                .sum();
        if (bytes > StanzaSizes.stanzaBytes(maxDeltaBytes)) {
            return tooLarge(bytes);
        }
        OutboundRequest request =
                new OutboundRequest(Form.MESSAGE, List.of(UpdateCodec.event(part)), Optional.empty(), bytes);
        return ask(link, request).thenCompose(outcome -> {
            if (outcome instanceof Outcome.TooLarge limit
                    && part.appliedDeltas().size() > 1) {
                return update(link, UpdateParts.smaller(part, sizes.learn(link, limit.maxBytes())));
            }
            return CompletableFuture.completedFuture(answer(link.remote(), outcome, received -> true));
        });
    }

    @Override
    public CompletionStage<SubmitResult> submit(
            String localDomain, String remoteDomain, WaveletName wavelet, ByteString signedDelta, SignerInfo signer) {
        long bytes = stanzaBytes(signedDelta);
        if (signedDelta.size() > maxDeltaBytes) {
            return RemoteDomainLinks.<SubmitResult.Applied>tooLarge(bytes).thenApply(RemoteDomainLinks::submitResult);
        }
        XmlElement request = SubmitCodec.request(new SubmitCodec.Request(wavelet, signedDelta));
        OutboundRequest outbound =
                new OutboundRequest(Form.IQ_SET, List.of(request), Optional.of(SignerCodec.post(signer)), bytes);
        return ask(localDomain, remoteDomain, outbound, stanza -> SubmitCodec.readResponse(pubsub(stanza)))
                .thenApply(RemoteDomainLinks::submitResult);
    }

    @Override
    public CompletionStage<Answer<History>> history(
            String localDomain,
            String remoteDomain,
            WaveletName wavelet,
            HashedVersion start,
            HashedVersion end,
            OptionalLong maxBytes) {
        XmlElement request = HistoryCodec.request(new HistoryCodec.Request(wavelet, start, end, maxBytes));
        return ask(localDomain, remoteDomain, request, stanza -> HistoryCodec.readResponse(pubsub(stanza)));
    }

    @Override
    public CompletionStage<Answer<SignerInfo>> signer(
            String localDomain, String remoteDomain, ByteString signerId, WaveletName wavelet, HashedVersion end) {
        XmlElement request = SignerCodec.request(new SignerCodec.Request(signerId, wavelet, end));
        return ask(localDomain, remoteDomain, request, stanza -> SignerCodec.readResponse(pubsub(stanza)));
    }

    /** Reads the answer. */
    private interface Reader<T> {
        T read(XmlElement stanza) throws BadStanzaException;
    }

    private <T> CompletionStage<Answer<T>> ask(String local, String remote, XmlElement question, Reader<T> reader) {
        OutboundRequest request =
                new OutboundRequest(Form.IQ_GET, List.of(question), Optional.empty(), StanzaSizes.FRAME_BYTES);
        return ask(local, remote, request, reader);
    }

    private <T> CompletionStage<Answer<T>> ask(String local, String remote, OutboundRequest request, Reader<T> reader) {
        return ask(new DomainPair(local, remote), request).thenApply(outcome -> answer(remote, outcome, reader));
    }

    private CompletionStage<Outcome> ask(DomainPair link, OutboundRequest request) {
        RepeatedQuestion question = new RepeatedQuestion(links, link, scheduler, executor);
        return links.<Outcome>ask(link, replyTo -> question.first(new LinkCommand.Ask(request, replyTo)), timeout)
                .whenComplete((outcome, failure) -> question.answered())
                .exceptionally(failure -> new Outcome.Unreachable("The link to " + link.remote()
                        + " gave no answer in time; it may be moving between nodes. Try again."));
    }

    private static <T> Answer<T> answer(String remote, Outcome outcome, Reader<T> reader) {
        if (outcome instanceof Outcome.Answered answered) {
            try {
                return new Answer.Ok<>(reader.read(answered.stanza()));
            } catch (BadStanzaException e) {
                return no(Refusal.Reason.HOST_REFUSED, remote + " answered what cannot be read: " + e.text());
            }
        }
        if (outcome instanceof Outcome.Refused refused) {
            return new Answer.No<>(RefusalErrors.toRefusal(remote, refused.error()));
        }
        if (outcome instanceof Outcome.Overloaded overloaded) {
            return no(Refusal.Reason.OVERLOADED, overloaded.text());
        }
        if (outcome instanceof Outcome.TooLarge limit) {
            return no(
                    Refusal.Reason.TOO_LARGE,
                    remote + " takes no stanza of more than " + limit.maxBytes() + " bytes. Make the delta smaller.");
        }
        return no(Refusal.Reason.HOST_UNREACHABLE, ((Outcome.Unreachable) outcome).text());
    }

    private static SubmitResult submitResult(Answer<SubmitResult.Applied> answer) {
        return answer instanceof Answer.Ok<SubmitResult.Applied> ok
                ? ok.value()
                : new SubmitResult.Refused(((Answer.No<SubmitResult.Applied>) answer).refusal());
    }

    private static XmlElement pubsub(XmlElement stanza) throws BadStanzaException {
        return stanza.child(Namespaces.PUBSUB, "pubsub")
                .orElseThrow(() -> new BadStanzaException("The answer has no pubsub."));
    }

    private static <T> Answer<T> no(Refusal.Reason reason, String text) {
        return new Answer.No<>(new Refusal(reason, text));
    }

    private static <T> CompletionStage<Answer<T>> tooLarge(long bytes) {
        return CompletableFuture.completedFuture(no(
                Refusal.Reason.TOO_LARGE,
                "A stanza of " + bytes + " bytes is larger than other servers take. Make the delta smaller."));
    }

    private static long stanzaBytes(ByteString content) {
        return StanzaSizes.stanzaBytes(content.size());
    }
}

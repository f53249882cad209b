package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.api.WaveletView;
import io.wavegate.wavelet.api.Wavelets;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import io.wavegate.wavelet.model.WaveletOperation.RemoveParticipant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Words for tests about one wavelet. */
final class TestWavelet {
    static final ParticipantId ALICE = new ParticipantId("alice@a.test");
    static final ParticipantId ANNA = new ParticipantId("anna@a.test");
    static final ParticipantId BOB = new ParticipantId("bob@b.test");

    private TestWavelet() {}

    static WaveletName name(String id) {
        return new WaveletName("a.test", "w+" + id, "a.test", "conv+root");
    }

    static WaveletDelta delta(HashedVersion target, ParticipantId author, WaveletOperation... operations) {
        return new WaveletDelta(target, author, List.of(operations), List.of());
    }

    static WaveletDelta creation(WaveletName name, ParticipantId... participants) {
        List<WaveletOperation> operations = new ArrayList<>();
        for (ParticipantId participant : participants) {
            operations.add(new AddParticipant(participant));
        }
        return new WaveletDelta(HashChain.zero(name), participants[0], operations, List.of());
    }

    /** Text at the beginning of a document of its own: fits whatever else happens. */
    static WaveletOperation write(String document, String text) {
        return new MutateDocument(document, DocOp.of(new DocOpComponent.Characters(text)));
    }

    static WaveletOperation add(ParticipantId participant) {
        return new AddParticipant(participant);
    }

    static WaveletOperation remove(ParticipantId participant) {
        return new RemoveParticipant(participant);
    }

    static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("no answer", e);
        }
    }

    static <T> T ok(CompletionStage<Answer<T>> stage) {
        Answer<T> answer = get(stage);
        if (answer instanceof Answer.Ok<T> ok) {
            return ok.value();
        }
        throw new AssertionError(answer.toString());
    }

    static HashedVersion applied(CompletionStage<SubmitResult> stage) {
        SubmitResult result = get(stage);
        if (result instanceof SubmitResult.Applied applied) {
            return applied.version();
        }
        throw new AssertionError(result.toString());
    }

    static io.wavegate.wavelet.api.Refusal.Reason refused(CompletionStage<SubmitResult> stage) {
        SubmitResult result = get(stage);
        if (result instanceof SubmitResult.Refused refused) {
            return refused.refusal().reason();
        }
        throw new AssertionError(result.toString());
    }

    static <T> io.wavegate.wavelet.api.Refusal.Reason no(CompletionStage<Answer<T>> stage) {
        Answer<T> answer = get(stage);
        if (answer instanceof Answer.No<T> no) {
            return no.refusal().reason();
        }
        throw new AssertionError(answer.toString());
    }

    static WaveletView view(Wavelets wavelets, WaveletName name, ParticipantId reader) {
        return ok(wavelets.view(name, reader));
    }
}

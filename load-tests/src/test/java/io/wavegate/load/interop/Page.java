package io.wavegate.load.interop;

import io.wavegate.node.client.LocalWavelet;
import io.wavegate.node.client.WavegateClient;
import io.wavegate.node.client.WaveletListener;
import io.wavegate.wavelet.model.Attributes;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent.ElementEnd;
import io.wavegate.wavelet.model.DocOpComponent.ElementStart;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** One person's open page of a wave, who types single letters at its beginning, each in a delta of its own. */
final class Page implements WaveletListener {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String BLIP = "b+page";
    private static final int TEXT_OFFSET = 3;

    private final ConcurrentLinkedQueue<HashedVersion> acknowledged = new ConcurrentLinkedQueue<>();
    private final LocalWavelet wavelet;

    private Page(WavegateClient client, WaveletName name) throws IOException {
        this.wavelet = client.open(name, this);
    }

    /** Makes a wave with an empty page. */
    static WaveletName create(WavegateClient client, ParticipantId other) throws IOException {
        DocOp empty = DocOp.of(
                new ElementStart("body", Attributes.NONE),
                new ElementStart("line", Attributes.NONE),
                ElementEnd.INSTANCE,
                ElementEnd.INSTANCE);
        return client.createWave(List.of(new AddParticipant(other), new MutateDocument(BLIP, empty)));
    }

    /** Opens the page as soon as the client's gateway knows of it. */
    static Page open(WavegateClient client, WaveletName name) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> new Page(client, name), page -> true);
    }

    void type(String letter, int times) {
        for (int i = 0; i < times; i++) {
            synchronized (wavelet) {
                wavelet.replace(BLIP, TEXT_OFFSET, 0, letter);
                wavelet.seal();
            }
        }
    }

    void awaitQuiet() throws InterruptedException, TimeoutException {
        wavelet.awaitQuiet(PATIENCE);
    }

    void awaitVersion(HashedVersion version) throws InterruptedException, TimeoutException {
        wavelet.await(() -> wavelet.version().version() >= version.version(), PATIENCE);
    }

    HashedVersion version() {
        return wavelet.version();
    }

    String text() {
        return wavelet.document(BLIP).text();
    }

    /** The version of each delta that the gateway called durable. */
    List<HashedVersion> acknowledged() {
        return List.copyOf(acknowledged);
    }

    @Override
    public void durable(HashedVersion version, long nanos) {
        acknowledged.add(version);
    }
}

package io.wavegate.load.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.node.client.ApiProblem;
import io.wavegate.node.client.LocalWavelet;
import io.wavegate.node.client.TextEdits;
import io.wavegate.node.client.WavegateClient;
import io.wavegate.node.client.WaveletListener;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;

/**
 * Somebody who types without a pause: each mark once, at the start or at the end of what he sees, so that no mark is ever
 * torn by another; the next one when the one before is acknowledged.
 */
final class Typing implements AutoCloseable {
    static final String DOCUMENT = "b+chaos";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final WavegateClient client;
    private final LocalWavelet wavelet;
    private final String word;
    private final Thread thread;
    private final List<HashedVersion> acknowledged = new CopyOnWriteArrayList<>();
    private final List<String> durable = new CopyOnWriteArrayList<>();
    private final List<ApiProblem> refused = new CopyOnWriteArrayList<>();
    private volatile boolean stopping;

    private Typing(WavegateClient client, WaveletName name, String word) throws IOException {
        this.client = client;
        this.word = word;
        this.wavelet = client.open(name, new Acknowledgements());
        this.thread = new Thread(this::type, "typing-" + word);
    }

    /** Begins; the marks are {@code [word0]}, {@code [word1]} … */
    static Typing begin(WavegateClient client, WaveletName name, String word) throws IOException {
        Typing typing = new Typing(client, name, word);
        typing.thread.start();
        return typing;
    }

    private void type() {
        try {
            for (int n = 0; !stopping; n++) {
                String mark = "[" + word + n + "]";
                boolean atStart = n % 3 == 0;
                wavelet.edit(
                        DOCUMENT,
                        document -> TextEdits.replace(atStart ? 0 : document.length(), "", mark, document.length()));
                wavelet.awaitQuiet(PATIENCE);
                durable.add(mark);
            }
        } catch (IllegalStateException | InterruptedException e) {
            // Closed while a mark was under way: that one may or may not be in the history.
        } catch (TimeoutException e) {
            throw new AssertionError(word + " waited " + PATIENCE + " for an acknowledgement", e);
        }
    }

    /** How many marks came back in the host's order. */
    int count() {
        return durable.size();
    }

    /** Every version that an answer to a submit named. */
    List<HashedVersion> acknowledged() {
        return acknowledged;
    }

    /** The marks that must be in the document, each once. */
    List<String> marks() {
        return durable;
    }

    /** Goes on until the mark under way is acknowledged, then leaves. */
    void finish() throws InterruptedException {
        stopping = true;
        thread.join(PATIENCE.toMillis());
        assertThat(thread.isAlive()).as(word + " is still waiting").isFalse();
        assertThat(refused).isEmpty();
        client.close();
    }

    /** Leaves at once, whatever is under way. */
    @Override
    public void close() {
        stopping = true;
        client.close();
    }

    private final class Acknowledgements implements WaveletListener {
        @Override
        public void durable(HashedVersion version, long nanos) {
            acknowledged.add(version);
        }

        @Override
        public void refused(WaveletDelta delta, ApiProblem problem) {
            refused.add(problem);
        }
    }
}

package io.wavegate.load.chaos.load;

import io.wavegate.load.check.Observation;
import io.wavegate.node.client.ApiProblem;
import io.wavegate.node.client.LocalWavelet;
import io.wavegate.node.client.TextEdits;
import io.wavegate.node.client.WavegateClient;
import io.wavegate.node.client.WaveletListener;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** One user on one wavelet: types when told to, and writes down all that he sees. */
final class Writer {
    private final WavegateClient client;
    private final WaveletName name;
    private final Pair pair;
    private final boolean isHost;
    private final Records records;
    private Optional<LocalWavelet> wavelet = Optional.empty();
    private int typed;

    Writer(WavegateClient client, WaveletName name, Pair pair, boolean isHost, Records records) {
        this.client = client;
        this.name = name;
        this.pair = pair;
        this.isHost = isHost;
        this.records = records;
    }

    Pair pair() {
        return pair;
    }

    WaveletName name() {
        return name;
    }

    void open() throws IOException {
        wavelet = Optional.of(client.open(name, new Seen()));
    }

    /** Types the next mark at the end of a document. */
    void type(String document, long intended) {
        Mark mark = new Mark(pair.word(isHost), typed++);
        records.typed(mark, new Typed(pair, isHost, intended));
        try {
            wavelet.orElseThrow()
                    .edit(document, before -> TextEdits.replace(before.length(), "", mark.text(), before.length()));
        } catch (IllegalStateException closed) {
            records.refused(client.user() + " could not type: " + closed.getMessage());
        }
    }

    /** Waits until all that was typed is durable and has come back. */
    boolean awaitQuiet(Duration atMost) throws InterruptedException {
        try {
            wavelet.orElseThrow().awaitQuiet(atMost);
            return true;
        } catch (TimeoutException | IllegalStateException notQuiet) {
            return false;
        }
    }

    private final class Seen implements WaveletListener {
        private List<Mark> inFlight = List.of();
        private long sent;

        @Override
        public void submitting(WaveletDelta delta, int edits) {
            inFlight = Mark.in(delta.operations());
            sent = System.nanoTime();
            records.observe(
                    Observation.submitted(client.user().address(), domain(), name.toModern(), identity(), sent));
        }

        @Override
        public void durable(HashedVersion version, long nanos) {
            long now = System.nanoTime();
            inFlight.forEach(mark -> records.acknowledged(mark, now));
            records.observe(Observation.acknowledged(
                    client.user().address(),
                    domain(),
                    name.toModern(),
                    version.version(),
                    hex(version),
                    identity(),
                    sent,
                    now));
        }

        private String identity() {
            return inFlight.isEmpty() ? "" : inFlight.get(0).text();
        }

        @Override
        public void remoteEdit(String documentId, DocOp operation, ParticipantId author) {
            long now = System.nanoTime();
            Mark.in(operation).forEach(mark -> records.delivered(mark, now));
        }

        @Override
        public void remoteDelta(ParticipantId author, HashedVersion version) {
            notice(version);
        }

        @Override
        public void ownDelta(HashedVersion version) {
            notice(version);
        }

        private void notice(HashedVersion version) {
            long now = System.nanoTime();
            records.observe(Observation.notice(
                    client.user().address(), domain(), name.toModern(), version.version(), hex(version), now, now));
        }

        @Override
        public void refused(WaveletDelta delta, ApiProblem problem) {
            records.refused(client.user() + " was refused " + Mark.in(delta.operations()) + " on " + name.toModern()
                    + ": " + problem.reason() + ", " + problem.detail());
        }

        @Override
        public void followEnded(ApiProblem problem) {
            records.refused(client.user() + " may not follow " + name.toModern() + " any more: " + problem.reason()
                    + ", " + problem.detail());
        }
    }

    private String domain() {
        return client.user().domain();
    }

    static String hex(HashedVersion version) {
        return HexFormat.of().formatHex(version.historyHash().toByteArray());
    }
}

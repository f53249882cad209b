package io.wavegate.wavelet.entity;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.entity.WaveletReply.PartOfView;
import io.wavegate.wavelet.entity.WaveletReply.ViewPart;
import io.wavegate.wavelet.entity.WaveletReply.ViewParts;
import io.wavegate.wavelet.state.WaveletState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** Fetches a large wavelet from another node part by part. */
final class LargeViewReader {
    private static final Duration PART_TIMEOUT = Duration.ofSeconds(5);

    private final ActorSystem<?> system;

    LargeViewReader(ActorSystem<?> system) {
        this.system = system;
    }

    /** Fails if a part does not come: the other node may be gone. */
    CompletionStage<WaveletState> read(ViewParts parts) {
        return read(parts, ByteString.EMPTY);
    }

    private CompletionStage<WaveletState> read(ViewParts parts, ByteString before) {
        if (before.size() >= parts.bytes()) {
            return CompletableFuture.completedFuture(before).thenApply(LargeViewReader::state);
        }
        return AskPattern.<PartOfView, ViewPart>ask(
                        parts.from(),
                        replyTo -> new PartOfView(before.size(), replyTo),
                        PART_TIMEOUT,
                        system.scheduler())
                .thenCompose(part -> part.bytes().isEmpty()
                        ? CompletableFuture.failedFuture(new IOException("an empty part"))
                        : read(parts, before.concat(part.bytes())));
    }

    private static WaveletState state(ByteString bytes) {
        try {
            return StateBytes.read(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.api.Wavelets;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Follows a wavelet, as a session does: asks for what comes after the last delta it has. */
final class NewsReader {
    private final Wavelets face;
    private final WaveletName wavelet;
    private final ParticipantId user;
    private final List<DeltaPage.Delta> seen = new ArrayList<>();
    private HashedVersion at;
    private String wrong = "";

    NewsReader(Wavelets face, WaveletName wavelet, ParticipantId user) {
        this.face = face;
        this.wavelet = wavelet;
        this.user = user;
        this.at = HashChain.zero(wavelet);
    }

    synchronized void read() {
        face.deltas(wavelet, user, at, 100_000, Duration.ofSeconds(30)).whenComplete((page, failure) -> took(page));
    }

    private synchronized void took(@Nullable Answer<DeltaPage> answer) {
        if (answer instanceof Answer.Ok<DeltaPage> page) {
            for (DeltaPage.Delta delta : page.value().deltas()) {
                if (delta.appliedAt() != at.version()) {
                    wrong = "after " + at.version() + " came " + delta.appliedAt();
                }
                seen.add(delta);
                at = delta.result();
            }
            read();
        } else {
            CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS).execute(this::read);
        }
    }

    synchronized HashedVersion at() {
        return at;
    }

    synchronized List<DeltaPage.Delta> seen() {
        return List.copyOf(seen);
    }

    synchronized String wrong() {
        return wrong;
    }
}

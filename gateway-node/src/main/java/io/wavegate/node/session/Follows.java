package io.wavegate.node.session;

import io.wavegate.node.config.HttpSettings;
import io.wavegate.node.http.Problem;
import io.wavegate.node.http.ProblemException;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.Wavelets;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * The wavelets that one socket follows: for each a source that asks for the next page when the last was taken. A question
 * that is out when its follow ends stays out until there is news or its time is over; such leftovers are bounded too, or a
 * client that follows and unfollows for ever would fill the wavelets with readers.
 */
final class Follows {
    private final Wavelets wavelets;
    private final ParticipantId user;
    private final HttpSettings settings;
    private final Sink<Message, NotUsed> out;
    private final Materializer materializer;
    private final Map<WaveletName, SharedKillSwitch> running = new HashMap<>();
    private final AtomicInteger questions = new AtomicInteger();

    Follows(
            Wavelets wavelets,
            ParticipantId user,
            HttpSettings settings,
            Sink<Message, NotUsed> out,
            Materializer materializer) {
        this.wavelets = wavelets;
        this.user = user;
        this.settings = settings;
        this.out = out;
        this.materializer = materializer;
    }

    /** Begins, or begins again from another version. */
    synchronized void begin(SocketRequest.Follow follow) throws ProblemException {
        end(follow.wavelet());
        if (running.size() >= settings.followsPerSocket()) {
            throw new ProblemException(Problem.of(new Refusal(
                    Refusal.Reason.OVERLOADED,
                    "This socket follows " + running.size() + " wavelets already (wavegate.http.follows-per-socket)."
                            + " Unfollow one, or open another socket.")));
        }
        if (questions.get() >= 2 * settings.followsPerSocket()) {
            throw new ProblemException(Problem.of(new Refusal(
                    Refusal.Reason.OVERLOADED,
                    "This socket has ended so many follows that as many as it may have"
                            + " (wavegate.http.follows-per-socket) still wait for their end. Try again in "
                            + settings.maxWait().toSeconds() + " s.")));
        }
        SharedKillSwitch run = KillSwitches.shared("follow");
        running.put(follow.wavelet(), run);
        var unused = pages(follow.wavelet(), follow.from(), run)
                .via(run.<Message>flow())
                .watchTermination((mat, done) -> done)
                .to(out)
                .run(materializer)
                .whenComplete((done, failure) -> ended(follow.wavelet(), run));
    }

    // One that ended of itself no longer counts; its place may have been taken by another of the same wavelet.
    private synchronized void ended(WaveletName wavelet, SharedKillSwitch run) {
        running.remove(wavelet, run);
    }

    /** Ends, if it runs. */
    synchronized void end(WaveletName wavelet) {
        SharedKillSwitch run = running.remove(wavelet);
        if (run != null) {
            run.shutdown();
        }
    }

    private Source<Message, NotUsed> pages(WaveletName wavelet, HashedVersion from, SharedKillSwitch run) {
        return Source.unfoldAsync(Optional.of(from), at -> next(wavelet, at, run))
                .filter(Optional::isPresent)
                .map(Optional::get);
    }

    // State: where to ask on; empty once the follow has ended. Element: a message; empty after a wait without deltas.
    private CompletionStage<Optional<Pair<Optional<HashedVersion>, Optional<Message>>>> next(
            WaveletName wavelet, Optional<HashedVersion> at, SharedKillSwitch run) {
        if (at.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        questions.incrementAndGet();
        return wavelets.deltas(wavelet, user, at.get(), settings.maxPageBytes(), settings.maxWait())
                .handle((answer, failure) -> {
                    questions.decrementAndGet();
                    if (answer instanceof Answer.Ok<DeltaPage> ok) {
                        return Optional.of(page(wavelet, at.get(), ok.value()));
                    }
                    Problem problem =
                            answer instanceof Answer.No<DeltaPage> no ? Problem.of(no.refusal()) : Problem.internal();
                    // Before the client is told: it may follow another one in this one's place as soon as it is.
                    ended(wavelet, run);
                    Message ended = SocketSession.text(SocketMessages.followEnded(wavelet, problem));
                    return Optional.of(Pair.create(Optional.empty(), Optional.of(ended)));
                });
    }

    private static Pair<Optional<HashedVersion>, Optional<Message>> page(
            WaveletName wavelet, HashedVersion at, DeltaPage page) {
        if (page.deltas().isEmpty()) {
            return Pair.create(Optional.of(at), Optional.empty());
        }
        HashedVersion next = page.deltas().get(page.deltas().size() - 1).result();
        return Pair.create(Optional.of(next), Optional.of(SocketSession.text(SocketMessages.deltas(wavelet, page))));
    }
}

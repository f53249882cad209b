package io.wavegate.wavelet.entity;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.entity.WaveletCommand.ReadView;
import io.wavegate.wavelet.entity.WaveletReply.PartOfView;
import io.wavegate.wavelet.entity.WaveletReply.ViewParts;
import io.wavegate.wavelet.entity.WaveletReply.ViewReply;
import io.wavegate.wavelet.state.WaveletState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;

/** Answers whoever wants to see a wavelet: as it is on this node, in one message or in parts to another. */
final class ViewAnswers {
    private static final int HELD_AT_ONCE = 32;

    private final ActorSystem<?> system;
    private final long pageBytes;
    private final Executor work;
    private final Set<ActorRef<WaveletReply>> making = ConcurrentHashMap.newKeySet();
    private final Semaphore held = new Semaphore(HELD_AT_ONCE);

    /**
     * @param pageBytes what goes in one message, and in one part
     * @param work makes bytes of views
     */
    ViewAnswers(ActorSystem<?> system, long pageBytes, Executor work) {
        this.system = system;
        this.pageBytes = pageBytes;
        this.work = work;
    }

    void answer(WaveletState state, ReadView read) {
        if (read.replyTo().path().address().hasLocalScope()) {
            read.replyTo().tell(ViewReply.of(state));
            return;
        } else if (!making.add(read.replyTo())) {
            // A copy: making one view takes longer than it takes an asker to say the same again.
            return;
        }
        CompletableFuture.supplyAsync(() -> bytes(state), work).whenComplete((bytes, failure) -> {
            making.remove(read.replyTo());
            if (failure != null) {
                read.refuse(WaveletRefusals.crashed(state.name()));
            } else if (bytes.size() <= pageBytes) {
                read.replyTo().tell(ViewReply.of(state));
            } else {
                hold(bytes, read);
            }
        });
    }

    private static ByteString bytes(WaveletState state) {
        try {
            return StateBytes.write(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void hold(ByteString bytes, ReadView read) {
        if (!held.tryAcquire()) {
            read.refuse(WaveletRefusals.overloaded("Too many large wavelets are being shown to other nodes."));
            return;
        }
        int partBytes = (int) Math.min(1 << 20, pageBytes);
        ActorRef<PartOfView> holder = system.systemActorOf(
                LargeView.of(bytes, partBytes, held::release), "wavegate-view-" + UUID.randomUUID(), Props.empty());
        read.replyTo()
                .tell(new ViewReply(
                        Optional.empty(), Optional.empty(), Optional.of(new ViewParts(bytes.size(), holder))));
    }
}

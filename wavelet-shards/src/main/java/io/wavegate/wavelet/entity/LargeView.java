package io.wavegate.wavelet.entity;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.entity.WaveletReply.PartOfView;
import io.wavegate.wavelet.entity.WaveletReply.ViewPart;
import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Holds a wavelet as it was while another node fetches it part by part; gone soon after the last question. */
final class LargeView {
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(10);

    private LargeView() {}

    /**
     * One view.
     *
     * @param bytes see {@link StateBytes}
     * @param partBytes how large a part is
     * @param gone run at its end
     */
    static Behavior<PartOfView> of(ByteString bytes, int partBytes, Runnable gone) {
        return Behaviors.setup(context -> {
            context.setReceiveTimeout(
                    FORGOTTEN_AFTER, new PartOfView(-1, context.getSystem().ignoreRef()));
            return Behaviors.receive(PartOfView.class)
                    .onMessage(PartOfView.class, part -> answer(bytes, partBytes, part))
                    .onSignal(PostStop.class, stop -> {
                        gone.run();
                        return Behaviors.same();
                    })
                    .build();
        });
    }

    private static Behavior<PartOfView> answer(ByteString bytes, int partBytes, PartOfView part) {
        if (part.offset() < 0 || part.offset() >= bytes.size()) {
            return Behaviors.stopped();
        }
        int from = (int) part.offset();
        int until = Math.min(bytes.size(), from + partBytes);
        part.replyTo().tell(new ViewPart(bytes.substring(from, until)));
        return until == bytes.size() ? Behaviors.stopped() : Behaviors.same();
    }
}

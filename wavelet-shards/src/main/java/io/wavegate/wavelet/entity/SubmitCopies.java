package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.entity.WaveletCommand.Submit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Knows copies of submits. One whose first is under way is not decided a second time; one whose first was refused is
 * refused again as it was, though by now it might be taken: its author has been told, or will be by the copy's answer.
 * One whose first was applied needs no remembering, the history does that.
 */
final class SubmitCopies {
    private static final int REFUSALS = 1_024;

    private final Set<ActorRef<WaveletReply>> underWay = new HashSet<>();
    private final Map<ActorRef<WaveletReply>, WaveletReply> refused = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ActorRef<WaveletReply>, WaveletReply> eldest) {
            return size() > REFUSALS;
        }
    };

    /** True if it is a copy; then nothing is left to do. */
    boolean isCopy(Submit submit) {
        WaveletReply before = refused.get(submit.replyTo());
        if (before != null) {
            submit.replyTo().tell(before);
        }
        return before != null || underWay.contains(submit.replyTo());
    }

    /** It will be answered. */
    void begin(Submit submit) {
        underWay.add(submit.replyTo());
    }

    /** It is not among those under way. */
    void leave(Submit submit) {
        underWay.remove(submit.replyTo());
    }

    /** It is answered. */
    void applied(Submit submit, WaveletReply answer) {
        leave(submit);
        submit.replyTo().tell(answer);
    }

    /** It is refused. */
    void refused(Submit submit, WaveletReply answer) {
        leave(submit);
        refused.put(submit.replyTo(), answer);
        submit.replyTo().tell(answer);
    }

    /** Somebody else will answer all that are under way. */
    void askAgain() {
        underWay.forEach(asker -> asker.tell(new WaveletReply.AskAgain()));
        underWay.clear();
    }
}

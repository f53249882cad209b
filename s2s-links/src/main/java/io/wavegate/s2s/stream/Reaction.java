package io.wavegate.s2s.stream;

import io.wavegate.s2s.xml.StreamErrorCondition;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Collects the effects of one input. What is written in a row becomes one write, so that a header and its features travel
 * together; the deadline of a new state is set, or the old one's taken off, by itself.
 */
final class Reaction<S extends StreamState> {
    private final S before;
    private final StreamTimeouts timeouts;
    private final List<StreamEffect> effects = new ArrayList<>(4);
    private @Nullable XmlWriter writer;
    private Optional<StreamErrorCondition> said;

    Reaction(S before, StreamTimeouts timeouts) {
        this.before = before;
        this.timeouts = timeouts;
        this.said = before.said();
    }

    Reaction<S> header(Map<String, String> attributes) {
        writer().header(attributes);
        return this;
    }

    Reaction<S> write(XmlElement element) {
        writer().element(element);
        return this;
    }

    /** @return false if the stanza has more bytes than that, and is not written */
    boolean writeWithin(XmlElement stanza, int maxBytes) {
        return writer().elementWithin(stanza, maxBytes);
    }

    Reaction<S> space() {
        writer().space();
        return this;
    }

    Reaction<S> endOfStream() {
        writer().endOfStream();
        return this;
    }

    Reaction<S> error(StreamErrorCondition condition, String text) {
        return error(condition, text, Optional.empty());
    }

    /** @param detail beside the condition */
    Reaction<S> error(StreamErrorCondition condition, String text, Optional<XmlElement> detail) {
        said = Optional.of(condition);
        return write(Nonzas.streamError(condition, text, detail)).endOfStream();
    }

    Reaction<S> effect(StreamEffect effect) {
        flush();
        effects.add(effect);
        return this;
    }

    Reaction<S> ignored(String text) {
        return effect(new StreamEffect.Ignored(text));
    }

    /** Stays where we are; the deadline runs on. */
    Step<S> stay() {
        return to(before);
    }

    Step<S> to(S next) {
        flush();
        if (next.getClass() != before.getClass()) {
            Optional<Duration> deadline = next.deadline(timeouts);
            effects.add(
                    deadline.isPresent()
                            ? new StreamEffect.Schedule(StreamTimer.STATE, deadline.get())
                            : new StreamEffect.Cancel(StreamTimer.STATE));
        }
        return new Step<>(next, effects);
    }

    /** The last step. What it says of a stream error of ours is what was written, whatever the end said before. */
    Step<S> end(Function<StreamEnd, S> ended, StreamEnd end) {
        StreamEnd actual = end.reason() == StreamEnd.Reason.REMOTE_STREAM_ERROR ? end : end.saying(said);
        for (StreamTimer timer : StreamTimer.values()) {
            effect(new StreamEffect.Cancel(timer));
        }
        effect(new StreamEffect.End(actual));
        return new Step<>(ended.apply(actual), effects);
    }

    private XmlWriter writer() {
        if (writer == null) {
            writer = new XmlWriter();
        }
        return writer;
    }

    private void flush() {
        if (writer != null) {
            byte[] bytes = writer.toBytes();
            if (bytes.length > 0) {
                effects.add(new StreamEffect.Write(bytes));
            }
            writer = null;
        }
    }
}

package io.wavegate.load.sim.stream;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.XmlElement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** One of the product's streams, and what its judge hears there: who sends, and what is given back. */
final class WatchedStream implements OutgoingStream {
    private final OutgoingStream stream;
    private final SentAndTold out;
    private final boolean forgetful;

    /** @param forgetful whether nothing is given back */
    WatchedStream(OutgoingStream stream, SentAndTold out, boolean forgetful) {
        this.stream = stream;
        this.out = out;
        this.forgetful = forgetful;
    }

    @Override
    public CompletionStage<Unsent> send(List<XmlElement> stanzas) {
        return stream.send(out.comes(this, stanzas));
    }

    @Override
    public List<XmlElement> unacknowledged() {
        List<XmlElement> given = forgetful ? List.of() : stream.unacknowledged();
        out.givenBack(this, given);
        return given;
    }

    @Override
    public DomainPair pair() {
        return stream.pair();
    }

    @Override
    public CompletionStage<StreamEnd> ended() {
        return stream.ended();
    }

    @Override
    public boolean isAcknowledged() {
        return stream.isAcknowledged();
    }

    @Override
    public Duration silence() {
        return stream.silence();
    }

    @Override
    public void abandon() {
        stream.abandon();
    }

    @Override
    public void close() {
        stream.close();
    }
}

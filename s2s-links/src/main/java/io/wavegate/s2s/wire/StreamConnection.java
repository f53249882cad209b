package io.wavegate.s2s.wire;

import io.wavegate.s2s.limit.Admission;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamInput;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.XmlElement;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/**
 * One stream on its connection: bytes to events, events to the state machine, effects to the carrier. Everything happens on
 * the connection's loop; other threads come in through {@link #send}, {@link #whenSettled} and {@link #close}, and may ask
 * whatever says so.
 */
public final class StreamConnection {
    private final Carrier carrier;
    private final ConnectionLoop loop;
    private final Interpreter interpreter;
    private final StreamOutput output;
    private volatile boolean closing;
    private volatile long lastReadNanos;

    /** @param admission what the connection holds of the limits; closed by others when the connection is gone */
    public StreamConnection(
            Carrier carrier,
            StreamMachine machine,
            StreamSurroundings surroundings,
            StreamEvents events,
            Admission admission) {
        this.carrier = carrier;
        loop = carrier.loop();
        lastReadNanos = loop.nanos();
        interpreter = new Interpreter(this, carrier, machine, surroundings, events, admission);
        output = interpreter.output();
    }

    // For any thread.

    /**
     * Sends stanzas in one flush; see {@link io.wavegate.s2s.stream.OutgoingStream#send}.
     *
     * @param sender who is to know what becomes of them
     * @return fails with IllegalArgumentException if they cannot be written as XML, with IOException if the stream is gone
     */
    public CompletionStage<Unsent> send(Object sender, List<XmlElement> stanzas) {
        CompletableFuture<Unsent> sent = new CompletableFuture<>();
        if (!run(() -> {
            output.send(sender, stanzas, sent);
            interpreter.timers().stanza();
        })) {
            sent.completeExceptionally(new IOException("this node is going down"));
        }
        return sent;
    }

    /** What this one sent and was never acknowledged, once the stream has ended. */
    public List<XmlElement> unacknowledged(Object sender) {
        return output.unacknowledged(sender);
    }

    /** Runs it when all that this one sent has left and is acknowledged where it is; perhaps never. */
    public void whenSettled(Object sender, Runnable task) {
        run(() -> output.whenSettled(sender, task));
    }

    /** Whether the peer acknowledges what is sent (XEP-0198). */
    public boolean isAcknowledged() {
        return output.isAcknowledged();
    }

    /** For how long nothing has come. */
    public Duration silence() {
        return Duration.ofNanos(loop.nanos() - lastReadNanos);
    }

    /** Ends the stream for this reason. */
    public void close(StreamEnd end) {
        closing = true;
        run(() -> interpreter.input(new StreamInput.Close(end)));
    }

    /** Whether it was told to end. */
    public boolean isClosing() {
        return closing;
    }

    /** TLS version and cipher suite, or "plaintext", for an operator. */
    public String security() {
        return carrier.security();
    }

    /** Not if everything is already shut down. */
    private boolean run(Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException shutDown) {
            return false;
        }
    }

    // What the carrier tells.

    /** The connection is up. */
    public void begin() {
        interpreter.begin();
    }

    /** Ends a connection that may not stay without a word. */
    public void refuseSilently(StreamEnd end) {
        interpreter.refuse(end);
    }

    /** Whether what comes is of interest: not behind the end of the stream. */
    public boolean isListening() {
        return interpreter.isListening();
    }

    /** These bytes came, behind those that came before; thrown away unless {@link #isListening}. */
    public void read(byte[] bytes) {
        if (isListening()) {
            lastReadNanos = loop.nanos();
            interpreter.read(bytes);
        }
    }

    /** Reads no more for so long. */
    public void pauseReading(long nanos) {
        interpreter.reading().pause(nanos);
    }

    /** {@link Carrier#isWritable} may have changed. */
    public void writabilityChanged() {
        interpreter.reading().regulate();
    }

    /** How the handshake went that was asked for. */
    public void handshakeEnded(StreamInput outcome) {
        interpreter.input(outcome);
    }

    /** Something is wrong with the connection, which may be gone: this is what it means to the stream. */
    public void failed(StreamInput meaning) {
        interpreter.failed(meaning);
    }

    /** Whether the stream has ended, so that what happens to the connection is of no interest. */
    public boolean isOver() {
        return interpreter.isOver();
    }

    /** The connection is gone. */
    public void gone() {
        failed(new StreamInput.Disconnected("closed by the other side without the end of the stream"));
        interpreter.timers().cancelAll();
    }
}

package io.wavegate.s2s.wire;

import io.wavegate.s2s.stream.StreamInput;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What goes out on a connection: bytes gathered into few flushes, and who waits for them. On the connection's loop alone, but
 * for {@link #unacknowledged} and {@link #isAcknowledged}.
 */
final class StreamOutput {
    private final Carrier carrier;
    private final OutboundFlow flow;
    private final Consumer<StreamInput> machine;
    private final Runnable flush = this::flush;
    private @Nullable Object sender;
    private @Nullable Sending sending;
    private @Nullable Sending nextWrite;
    private boolean flushDue;
    private int lastWriteBytes;
    private volatile boolean acknowledged;
    private volatile List<OutboundFlow.Kept> unacknowledged = List.of();

    /**
     * @param keptBytes how many bytes of stanzas that are not acknowledged stop further ones
     * @param machine takes an input at once; its effects come back here
     */
    StreamOutput(Carrier carrier, long keptBytes, Consumer<StreamInput> machine) {
        this.carrier = carrier;
        this.flow = new OutboundFlow(keptBytes);
        this.machine = machine;
    }

    /** Sends stanzas in one flush; {@code sent} completes when there is room for more. */
    void send(Object by, List<XmlElement> stanzas, CompletableFuture<Unsent> sent) {
        Sending one = new Sending(flow, sent);
        sender = by;
        sending = one;
        nextWrite = one;
        try {
            machine.accept(new StreamInput.Send(stanzas));
        } catch (IllegalArgumentException unwritable) {
            one.fail(unwritable);
        }
        sending = null;
        if (nextWrite != null) {
            nextWrite = null;
            one.unwritten();
        }
    }

    void put(byte[] bytes) {
        Sending waiting = nextWrite;
        nextWrite = null;
        lastWriteBytes = bytes.length;
        if (waiting == null) {
            carrier.write(bytes);
        } else {
            carrier.write(bytes, waiting);
        }
        if (!flushDue) {
            // Whatever else is ready on this loop goes into the same flush, and so into the same TLS records.
            flushDue = true;
            carrier.loop().execute(flush);
        }
    }

    private void flush() {
        flushDue = false;
        carrier.flush();
    }

    /** What was put last holds these stanzas, which the peer has not acknowledged. */
    void keep(List<XmlElement> stanzas) {
        flow.keep(Objects.requireNonNull(sender), stanzas, lastWriteBytes);
    }

    void acknowledged(int stanzas) {
        flow.acknowledged(stanzas);
    }

    /** Of what is being sent, this is not. */
    void tooLarge(Unsent part) {
        Objects.requireNonNull(sending).tooLarge(part);
    }

    void acknowledging(boolean on) {
        acknowledged = on;
    }

    boolean isAcknowledged() {
        return acknowledged;
    }

    /** The stream is over: from now on it is known what was never acknowledged. */
    void end() {
        unacknowledged = flow.end();
    }

    /** What this one sent and was never acknowledged, once the stream has ended. */
    List<XmlElement> unacknowledged(Object by) {
        return unacknowledged.stream()
                .filter(kept -> kept.sender() == by)
                .map(OutboundFlow.Kept::stanza)
                .toList();
    }

    /** Runs it when all that this one sent has left and is acknowledged where it is; perhaps never. */
    void whenSettled(Object by, Runnable task) {
        flow.whenClear(by, () -> carrier.flush(left -> flow.whenRoom(task)));
    }
}

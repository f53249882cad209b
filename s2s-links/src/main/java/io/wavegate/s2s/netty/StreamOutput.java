package io.wavegate.s2s.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.wavegate.s2s.stream.StreamInput;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.XmlElement;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What goes out on a connection: bytes gathered into few flushes, and who waits for them. On the connection's event loop
 * alone, but for {@link #unacknowledged} and {@link #isAcknowledged}.
 */
final class StreamOutput {
    private final Channel channel;
    private final OutboundFlow flow;
    private final Consumer<StreamInput> machine;
    private @Nullable ChannelPromise nextWrite;
    private @Nullable Object sender;
    private boolean flushDue;
    private int lastWriteBytes;
    private Unsent unsent = Unsent.NOTHING;
    private volatile boolean acknowledged;
    private volatile List<OutboundFlow.Kept> unacknowledged = List.of();

    /**
     * @param keptBytes how many bytes of stanzas that are not acknowledged stop further ones
     * @param machine takes an input at once; its effects come back here
     */
    StreamOutput(Channel channel, long keptBytes, Consumer<StreamInput> machine) {
        this.channel = channel;
        this.flow = new OutboundFlow(keptBytes);
        this.machine = machine;
    }

    /** Sends stanzas in one flush; {@code sent} completes when there is room for more. */
    void send(Object by, List<XmlElement> stanzas, CompletableFuture<Unsent> sent) {
        sender = by;
        ChannelPromise promise = channel.newPromise();
        nextWrite = promise;
        unsent = Unsent.NOTHING;
        try {
            machine.accept(new StreamInput.Send(stanzas));
        } catch (IllegalArgumentException unwritable) {
            promise.tryFailure(unwritable);
        }
        if (nextWrite != null) {
            nextWrite = null;
            if (unsent.stanzas().isEmpty()) {
                promise.tryFailure(new ClosedChannelException());
            } else {
                promise.trySuccess();
            }
        }
        Unsent tooLarge = unsent;
        promise.addListener(future -> {
            if (future.isSuccess()) {
                flow.whenRoom(() -> sent.complete(tooLarge));
            } else {
                sent.completeExceptionally(future.cause());
            }
        });
    }

    void put(byte[] bytes) {
        ChannelPromise promise = nextWrite == null ? channel.voidPromise() : nextWrite;
        nextWrite = null;
        lastWriteBytes = bytes.length;
        channel.write(Unpooled.wrappedBuffer(bytes), promise);
        if (!flushDue) {
            // Whatever else is ready on this event loop goes into the same flush, and so into the same TLS records.
            flushDue = true;
            channel.eventLoop().execute(this::flush);
        }
    }

    private void flush() {
        flushDue = false;
        channel.flush();
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
        unsent = part;
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

    /** Completes when all that was put has left. */
    ChannelFuture flushed() {
        return channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
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
        flow.whenClear(by, () -> flushed().addListener(left -> flow.whenRoom(task)));
    }
}

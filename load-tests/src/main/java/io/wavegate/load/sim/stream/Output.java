package io.wavegate.load.sim.stream;

import io.wavegate.s2s.netty.OutboundFlow;
import io.wavegate.s2s.stream.StreamInput;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.XmlElement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What goes out on a connection, gathered into few writes, and who waits for it. */
final class Output {
    private final SimSocket socket;
    private final OutboundFlow flow;
    private final Consumer<StreamInput> machine;
    private final List<Consumer<Boolean>> waiting = new ArrayList<>();
    private ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private @Nullable Object sender;
    private @Nullable Consumer<Boolean> nextWrite;
    private boolean flushDue;
    private boolean acknowledged;
    private boolean over;
    private int lastWriteBytes;
    private Unsent unsent = Unsent.NOTHING;
    private List<OutboundFlow.Kept> unacknowledged = List.of();

    Output(SimSocket socket, long keptBytes, Consumer<StreamInput> machine) {
        this.socket = socket;
        this.flow = new OutboundFlow(keptBytes);
        this.machine = machine;
    }

    /** Sends stanzas in one write; {@code sent} completes when there is room for more. */
    void send(Object by, List<XmlElement> stanzas, CompletableFuture<Unsent> sent) {
        sender = by;
        unsent = Unsent.NOTHING;
        CompletableFuture<Boolean> written = new CompletableFuture<>();
        nextWrite = written::complete;
        boolean tracked = acknowledged;
        machine.accept(new StreamInput.Send(stanzas));
        boolean put = nextWrite == null;
        nextWrite = null;
        Unsent tooLarge = unsent;
        written.thenAccept(well -> settle(well, tooLarge, sent));
        if (put) {
            List<XmlElement> went = new ArrayList<>(stanzas);
            went.removeAll(tooLarge.stanzas());
            socket.out().sent(by, went, tracked);
        } else {
            written.complete(!tooLarge.stanzas().isEmpty());
        }
    }

    private void settle(boolean well, Unsent tooLarge, CompletableFuture<Unsent> sent) {
        if (well) {
            flow.whenRoom(() -> sent.complete(tooLarge));
        } else {
            sent.completeExceptionally(new IOException("the connection is gone"));
        }
    }

    void put(byte[] bytes) {
        if (nextWrite != null) {
            waiting.add(nextWrite);
            nextWrite = null;
        }
        lastWriteBytes = bytes.length;
        gathered.writeBytes(bytes);
        if (!flushDue) {
            flushDue = true;
            socket.place().loop().after(2, this::flush);
        }
    }

    /** Writes what was put. */
    void flush() {
        flushDue = false;
        if (gathered.size() == 0) {
            return;
        }
        byte[] bytes = gathered.toByteArray();
        gathered = new ByteArrayOutputStream();
        List<Consumer<Boolean>> all = List.copyOf(waiting);
        waiting.clear();
        socket.write(bytes, well -> all.forEach(one -> one.accept(well)));
    }

    void keep(List<XmlElement> stanzas) {
        flow.keep(Objects.requireNonNull(sender), stanzas, lastWriteBytes);
    }

    /** @param givenUp whether that is because the peer acknowledges nothing after all */
    void acknowledged(int stanzas, boolean givenUp) {
        if (!givenUp) {
            socket.out().acknowledged(stanzas);
        }
        flow.acknowledged(stanzas);
    }

    void tooLarge(Unsent part) {
        unsent = part;
    }

    void acknowledging(boolean on) {
        acknowledged = on;
    }

    boolean isAcknowledged() {
        return acknowledged;
    }

    void end() {
        over = true;
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
        flow.whenClear(by, () -> {
            if (!over) {
                flush();
            }
            flow.whenRoom(task);
        });
    }
}

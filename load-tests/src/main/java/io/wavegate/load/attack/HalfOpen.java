package io.wavegate.load.attack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Connections that began a header and never end it, read by one thread. */
final class HalfOpen implements AutoCloseable {
    private static final byte[] BEGINNING = "<stream:stream ".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(4_096);
    private int open;

    private HalfOpen(Selector selector) {
        this.selector = selector;
    }

    /** Opens so many. */
    static HalfOpen open(Sources sources, int count) throws IOException {
        HalfOpen all = new HalfOpen(Selector.open());
        for (int i = 0; i < count; i++) {
            SocketChannel channel = sources.connect(i);
            all.channels.add(channel);
            channel.configureBlocking(false);
            channel.register(all.selector, SelectionKey.OP_READ);
            all.open++;
            write(channel);
        }
        return all;
    }

    private static void write(SocketChannel channel) {
        try {
            channel.write(ByteBuffer.wrap(BEGINNING));
        } catch (IOException refused) {
            // Its end is there to be read.
        }
    }

    /** Those of which no end has been seen. */
    int stillOpen() throws IOException {
        while (selector.selectNow(this::read) > 0) {
            // There may be more.
        }
        return open;
    }

    /** Waits until the other side has ended all of them; they stay open on this side. */
    void awaitEnds() throws IOException {
        while (open > 0) {
            selector.select(this::read, 1_000);
        }
    }

    private void read(SelectionKey key) {
        buffer.clear();
        int count;
        try {
            count = ((SocketChannel) key.channel()).read(buffer);
        } catch (IOException reset) {
            count = -1;
        }
        if (count < 0) {
            key.cancel();
            open--;
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}

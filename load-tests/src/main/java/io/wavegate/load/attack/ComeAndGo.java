package io.wavegate.load.attack;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Connections one after the other that go as soon as they have come: one kind says nothing, one stops in the middle of its
 * header, one hears the answer to it; half of each are reset.
 */
final class ComeAndGo {
    private static final String FEATURES = "</stream:features>";
    private static final int MOST_READ = 100_000;

    private final Sources sources;
    private final String to;

    /** @param to the domain that the headers name */
    ComeAndGo(Sources sources, String to) {
        this.sources = sources;
        this.to = to;
    }

    /** @return how many were served as far as they asked */
    int run(int count) throws IOException {
        int served = 0;
        for (int i = 0; i < count; i++) {
            try (SocketChannel channel = sources.connect(i)) {
                if (i % 2 == 0) {
                    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                }
                served += comesAndGoes(channel, i % 3) ? 1 : 0;
            }
        }
        return served;
    }

    private boolean comesAndGoes(SocketChannel channel, int kind) {
        try {
            if (kind == 1) {
                write(channel, "<stream:str");
            }
            return kind != 2 || isGreeted(channel);
        } catch (IOException refused) {
            return false;
        }
    }

    /** Milliseconds from connecting to the features, for somebody who comes for the first time. */
    double newcomerMillis() throws IOException {
        long begin = System.nanoTime();
        try (SocketChannel channel = sources.newcomer()) {
            if (!isGreeted(channel)) {
                throw new IOException("a newcomer was refused");
            }
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    private boolean isGreeted(SocketChannel channel) throws IOException {
        write(
                channel,
                "<stream:stream xmlns='jabber:server' xmlns:stream='http://etherx.jabber.org/streams'"
                        + " version='1.0' from='attack.example' to='" + to + "'>");
        StringBuilder read = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(4_096);
        while (read.indexOf(FEATURES) < 0 && read.length() < MOST_READ) {
            buffer.clear();
            if (channel.read(buffer) < 0) {
                return false;
            }
            read.append(StandardCharsets.UTF_8.decode(buffer.flip()));
        }
        return true;
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}

package io.wavegate.s2s.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A TCP address whose connects hang: its queue is full and nobody accepts, so that the kernel drops what comes. */
public final class Blackhole implements AutoCloseable {
    private static final int ENOUGH = 4;
    private final ServerSocket listener;
    private final List<SocketChannel> fill = new ArrayList<>();

    public Blackhole(InetSocketAddress address) throws IOException {
        listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(address, 1);
        for (int i = 0; i < ENOUGH; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(address);
            fill.add(channel);
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : fill) {
            channel.close();
        }
        listener.close();
    }
}

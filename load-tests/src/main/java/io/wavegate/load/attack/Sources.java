package io.wavegate.load.attack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/** Connects from many addresses of loopback: one has too few ports, and limits of ours are by address. */
final class Sources {
    private static final int FIRST = 10;

    private final InetSocketAddress target;
    private final int addresses;

    Sources(InetSocketAddress target, int addresses) {
        this.target = target;
        this.addresses = addresses;
    }

    /** The number-th connection; its address is one of those in turn. */
    SocketChannel connect(int number) throws IOException {
        return from("127.0.1." + (FIRST + number % addresses));
    }

    /** From somebody who was not here before. */
    SocketChannel newcomer() throws IOException {
        return from("127.0.2.1");
    }

    private SocketChannel from(String address) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.bind(new InetSocketAddress(address, 0));
            channel.connect(target);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}

package io.wavegate.s2s.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;

/** Epoll where the platform has it, else the JDK's selector. */
final class Transport {
    private final boolean epoll = Epoll.isAvailable();
    private final EventLoopGroup group;
    private final StreamsSettings settings;

    Transport(StreamsSettings settings) {
        this.settings = settings;
        group = new MultiThreadIoEventLoopGroup(
                new DefaultThreadFactory("wavegate-s2s", true),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    EventLoopGroup group() {
        return group;
    }

    Bootstrap client() {
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.connectTimeout().toMillis());
        return epoll ? bootstrap.option(EpollChannelOption.TCP_USER_TIMEOUT, userTimeoutMillis()) : bootstrap;
    }

    /**
     * Accepts connections.
     *
     * @param accepted sets up each one
     * @throws IllegalStateException naming the address and the cause, if it cannot be listened on
     */
    Channel listen(InetSocketAddress address, ChannelHandler accepted) {
        ChannelFuture bound = server().childHandler(accepted).bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IllegalStateException(
                    "cannot listen on " + text(address) + " (" + Causes.text(bound.cause()) + ")", bound.cause());
        }
        return bound.channel();
    }

    /** An address as an operator writes it. */
    static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private ServerBootstrap server() {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true);
        return epoll ? bootstrap.childOption(EpollChannelOption.TCP_USER_TIMEOUT, userTimeoutMillis()) : bootstrap;
    }

    /** Bounds how long a dead host goes unnoticed while data waits for its acknowledgement (RFC 5482). */
    private int userTimeoutMillis() {
        return (int) settings.writeTimeout().toMillis();
    }
}

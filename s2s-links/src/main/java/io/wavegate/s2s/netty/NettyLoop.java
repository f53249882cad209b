package io.wavegate.s2s.netty;

import io.netty.util.concurrent.EventExecutor;
import io.wavegate.s2s.wire.ConnectionLoop;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** An event loop of Netty's as that of a connection. */
final class NettyLoop implements ConnectionLoop {
    private final EventExecutor executor;

    NettyLoop(EventExecutor executor) {
        this.executor = executor;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    @Override
    public Future<?> schedule(Runnable task, long nanos) {
        return executor.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }
}

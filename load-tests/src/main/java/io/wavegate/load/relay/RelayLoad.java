package io.wavegate.load.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Messages from the component of the first server to the component of the second one. */
public final class RelayLoad implements AutoCloseable {
    private static final int BURST = 64;
    private static final long PATIENCE_SECONDS = 120;

    private final RelayServers servers;
    private final RelayComponent from;
    private final RelayComponent to;
    private final byte[] message;
    private final byte[] burst;

    /** @param size bytes of a message as the sending component writes it */
    public RelayLoad(RelayServers servers, int size) throws IOException, InterruptedException {
        this.servers = servers;
        this.from = servers.connect(0);
        this.to = servers.connect(1);
        this.message = from.message(to.host(), size);
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int i = 0; i < BURST; i++) {
            many.write(message);
        }
        this.burst = many.toByteArray();
    }

    /**
     * One direction.
     *
     * @param stanzas delivered
     * @param perSecond the same in a second
     * @param cpuMicros of the first and of the second server for one stanza
     */
    public record Rate(long stanzas, double perSecond, double[] cpuMicros) {}

    /** The time from the first message that needs a link to its arrival. */
    public double setUpMillis() throws IOException, InterruptedException, TimeoutException {
        Semaphore arrived = new Semaphore(0);
        to.onMessages(arrived::release);
        long begin = System.nanoTime();
        from.write(message);
        take(arrived, 1);
        return (System.nanoTime() - begin) / 1e6;
    }

    /** Sends for so long, with so many messages under way. */
    public Rate oneWay(int seconds, int window) throws IOException, InterruptedException, TimeoutException {
        Semaphore room = new Semaphore(window);
        AtomicLong received = new AtomicLong();
        to.onMessages(count -> {
            received.addAndGet(count);
            room.release(count);
        });
        ProcessUsage[] before = usage();
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(seconds);
        long sent = 0;
        while (System.nanoTime() < end) {
            take(room, 1);
            int more = Math.min(BURST - 1, room.availablePermits());
            int count = more > 0 && room.tryAcquire(more) ? more + 1 : 1;
            from.write(count == BURST ? burst : Arrays.copyOf(burst, count * message.length));
            sent += count;
        }
        take(room, window);
        double elapsed = (System.nanoTime() - begin) / 1e9;
        if (received.get() != sent) {
            throw new IOException(sent + " messages were sent, " + received.get() + " arrived");
        }
        ProcessUsage[] after = usage();
        return new Rate(sent, sent / elapsed, new double[] {
            (after[0].cpuMicros() - before[0].cpuMicros()) / (double) sent,
            (after[1].cpuMicros() - before[1].cpuMicros()) / (double) sent
        });
    }

    /** Round trips one after the other, each time in milliseconds, in order of size. */
    public double[] roundTrips(int count) throws IOException, InterruptedException, TimeoutException {
        byte[] answer = to.message(from.host(), message.length);
        Semaphore back = new Semaphore(0);
        from.onMessages(back::release);
        to.onMessages(arrived -> {
            try {
                to.write(answer);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        double[] millis = new double[count];
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            from.write(message);
            take(back, 1);
            millis[i] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(millis);
        return millis;
    }

    /** The same for links to these domains, one after the other; in order of size. */
    public double[] setUpMillis(List<String> domains) throws IOException, InterruptedException, TimeoutException {
        Semaphore back = new Semaphore(0);
        from.onMessages(back::release);
        double[] millis = new double[domains.size()];
        for (int i = 0; i < millis.length; i++) {
            long begin = System.nanoTime();
            from.write(from.message("x@" + domains.get(i), message.length));
            take(back, 1);
            millis[i] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(millis);
        return millis;
    }

    /** One message to each of these, waiting for what comes back: an answer or an error, both end in the same way. */
    public void touch(List<String> domains, int atATime) throws IOException, InterruptedException, TimeoutException {
        Semaphore room = new Semaphore(atATime);
        from.onMessages(room::release);
        for (String domain : domains) {
            take(room, 1);
            from.write(from.message("x@" + domain, message.length));
        }
        take(room, atATime);
    }

    private static void take(Semaphore permits, int count) throws InterruptedException, TimeoutException {
        if (!permits.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException("messages got lost: " + count + " awaited for " + PATIENCE_SECONDS + " s");
        }
    }

    private ProcessUsage[] usage() throws IOException {
        return new ProcessUsage[] {ProcessUsage.of(servers.pid(0)), ProcessUsage.of(servers.pid(1))};
    }

    @Override
    public void close() throws IOException {
        from.close();
        to.close();
    }
}

package io.wavegate.load.report;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/** Wall and CPU time of this process, from a moment on. */
final class Stopwatch {
    private static final double NANOS = 1e9;
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long wallNanos = System.nanoTime();
    private final long cpuNanos = system.getProcessCpuTime();

    double seconds() {
        return (System.nanoTime() - wallNanos) / NANOS;
    }

    double cpuSeconds() {
        return (system.getProcessCpuTime() - cpuNanos) / NANOS;
    }

    /** The figure of {@code count} units of work done since. */
    Figure figure(String name, long count, String unit) {
        return new Figure(name, count / seconds(), unit, cpuSeconds() * 1e6 / count);
    }

    /** Runs work for some seconds, twice, and keeps the second figure; the work returns how many units it did. */
    static Figure repeat(String name, String unit, int seconds, LongSupplier work) {
        run(name, unit, seconds, work);
        return run(name, unit, seconds, work);
    }

    private static Figure run(String name, String unit, int seconds, LongSupplier work) {
        Stopwatch watch = new Stopwatch();
        long count = 0;
        while (watch.seconds() < seconds) {
            count += work.getAsLong();
        }
        return watch.figure(name, count, unit);
    }
}

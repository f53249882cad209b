package io.wavegate.node.cli;

import java.time.Duration;

/** Durations as people say them. */
final class Durations {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Durations() {}

    /** In the largest unit of which there are two at least: {@code 95 s}, {@code 12 min}, {@code 36 h}, {@code 40 days}. */
    static String rough(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 2 * MINUTE) {
            return seconds + " s";
        }
        if (seconds < 2 * HOUR) {
            return seconds / MINUTE + " min";
        }
        return seconds < 2 * DAY ? seconds / HOUR + " h" : seconds / DAY + " days";
    }
}

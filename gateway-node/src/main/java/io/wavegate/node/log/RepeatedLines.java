package io.wavegate.node.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Drops what a library says that it has just said word for word: a node that others have given up is told so dozens of times in a
 * tenth of a second, and the lines that say what to do would not be found among those. Our own lines all pass.
 */
public final class RepeatedLines extends Filter<ILoggingEvent> {
    private static final String OURS = "io.wavegate.";
    private static final long FRESH_MILLIS = 10_000;
    private static final int REMEMBERED = 100;

    private final Map<String, Long> passedMillis = new LinkedHashMap<>();

    @Override
    public synchronized FilterReply decide(ILoggingEvent event) {
        if (event.getLoggerName().startsWith(OURS)) {
            return FilterReply.NEUTRAL;
        }
        String line = event.getLoggerName() + ' ' + event.getFormattedMessage();
        Long passed = passedMillis.get(line);
        if (passed != null && event.getTimeStamp() - passed < FRESH_MILLIS) {
            return FilterReply.DENY;
        }
        // Behind all others: the one that passed longest ago is forgotten first.
        passedMillis.remove(line);
        passedMillis.put(line, event.getTimeStamp());
        if (passedMillis.size() > REMEMBERED) {
            passedMillis.remove(passedMillis.keySet().iterator().next());
        }
        return FilterReply.NEUTRAL;
    }
}

package io.wavegate.s2s.matrix;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.wavegate.s2s.matrix.Outcome.Way;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** What our log tells an operator about how streams were authenticated, in either direction. */
final class StreamLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final Pattern READY =
            Pattern.compile("stream (from|to) .*: (\\S+) to (\\S+) authenticated by (\\w+), (\\S+).*");
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.wavegate.s2s.netty");
    private static final Pattern REFUSED =
            Pattern.compile("stream from .* not authenticated: dialback of (\\S+) to (\\S+): ([a-z-]+).*");
    private final Map<String, Way> ways = new ConcurrentHashMap<>();
    private final Map<String, String> refusals = new ConcurrentHashMap<>();

    StreamLog() {
        start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        Matcher line = READY.matcher(event.getFormattedMessage());
        if (line.matches()) {
            ways.put(key(line.group(2), line.group(3)), way(line.group(4), line.group(5)));
        }
        Matcher refused = REFUSED.matcher(event.getFormattedMessage());
        if (refused.matches()) {
            refusals.put(key(refused.group(1), refused.group(2)), "db:result " + refused.group(3));
        }
    }

    private static Way way(String method, String security) {
        return switch (method) {
            case "SASL_EXTERNAL" -> Way.EXTERNAL;
            case "DIALBACK" -> security.equals("plaintext") ? Way.PLAINTEXT : Way.DIALBACK;
            default -> throw new IllegalArgumentException("authenticated by " + method);
        };
    }

    /** How the stream for stanzas from one domain to the other was authenticated, if there is one. */
    Optional<Way> of(String from, String to) {
        return Optional.ofNullable(ways.get(key(from, to)));
    }

    /** Which dialback we refused, if any. */
    Optional<String> refusal(String from, String to) {
        return Optional.ofNullable(refusals.get(key(from, to)));
    }

    private static String key(String from, String to) {
        return from + " " + to;
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setAdditive(true);
        logger.setLevel(null);
        stop();
    }
}

package io.wavegate.node.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.api.Test;

final class RepeatedLinesTest {
    private static final String LIBRARY = "org.apache.pekko.remote.artery.ArteryTransport";

    private final RepeatedLines filter = new RepeatedLines();

    private boolean passes(String logger, String message, long millis) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerName(logger);
        event.setMessage(message);
        event.setTimeStamp(millis);
        return filter.decide(event) != FilterReply.DENY;
    }

    @Test
    void aLibrarySaysTheSameOnceInTenSeconds() {
        assertThat(passes(LIBRARY, "quarantined", 0)).isTrue();
        assertThat(passes(LIBRARY, "quarantined", 1)).isFalse();
        assertThat(passes(LIBRARY, "quarantined by another", 2)).isTrue();
        assertThat(passes("org.apache.pekko.cluster.Cluster", "quarantined", 3)).isTrue();
        assertThat(passes(LIBRARY, "quarantined", 9_999)).isFalse();
        assertThat(passes(LIBRARY, "quarantined", 10_000)).isTrue();
        assertThat(passes(LIBRARY, "quarantined", 10_001)).isFalse();
    }

    @Test
    void whatWeSayOurselvesPassesHoweverOften() {
        assertThat(passes("io.wavegate.node.cli.RunCommand", "again", 0)).isTrue();
        assertThat(passes("io.wavegate.node.cli.RunCommand", "again", 1)).isTrue();
    }

    @Test
    void whatPassedLongestAgoIsForgottenFirst() {
        for (int line = 0; line <= 100; line++) {
            assertThat(passes(LIBRARY, "line " + line, line)).isTrue();
        }
        assertThat(passes(LIBRARY, "line 1", 200)).isFalse();
        assertThat(passes(LIBRARY, "line 0", 201)).isTrue();
    }
}

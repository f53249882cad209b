package io.wavegate.s2s.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.Xml;
import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.xml.XmlElement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Drives a component's link by hand with virtual time: echo.a.test is the component, b.test the peer. */
final class RelayScript {
    static final DomainPair PAIR = new DomainPair("echo.a.test", "b.test");
    static final long CHECK_MILLIS = 5_000;
    static final long IDLE_MILLIS = 60_001;

    final Map<Long, RelayOutcome> outcomes = new LinkedHashMap<>();
    final List<LinkEffect> effects = new ArrayList<>();
    final RelayState state;
    long now;
    private int ids;

    RelayScript() {
        state = new RelayState(PAIR, settings(), () -> "id" + ++ids, new Random(1), 0);
    }

    static RelaySettings settings() {
        return new RelaySettings(
                1_000,
                Duration.ofSeconds(60),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                2,
                Duration.ofMinutes(10),
                Duration.ofMillis(IDLE_MILLIS - 1),
                Duration.ofMillis(CHECK_MILLIS));
    }

    /** A component sends one stanza, whose id is the token. */
    void relay(long token, long bytes) {
        on(new LinkInput.Relay(token, List.of(Xml.stanza("<message id='" + token + "'/>")), bytes));
    }

    void on(LinkInput input) {
        state.handle(input, now).forEach(this::note);
    }

    void end() {
        state.end(now).forEach(this::note);
    }

    private void note(LinkEffect effect) {
        effects.add(effect);
        if (effect instanceof LinkEffect.Relayed relayed) {
            assertThat(outcomes.put(relayed.token(), relayed.outcome()))
                    .as("told twice")
                    .isNull();
        }
    }

    /** Why the sender of a batch was refused. */
    ErrorCondition condition(long token) {
        return Objects.requireNonNull(outcomes.get(token)).error().orElseThrow().condition();
    }

    String text(long token) {
        return Objects.requireNonNull(outcomes.get(token)).error().orElseThrow().text();
    }

    long opens() {
        return effects.stream().filter(LinkEffect.OpenStream.class::isInstance).count();
    }

    /** What was sent since this or {@link #flushes} was last asked for. */
    List<XmlElement> sent() {
        return takeSends().stream().flatMap(send -> send.stanzas().stream()).toList();
    }

    /** The ids in each flush since this or {@link #sent} was last asked for. */
    List<List<String>> flushes() {
        return takeSends().stream()
                .map(send -> send.stanzas().stream().map(RelayScript::id).toList())
                .toList();
    }

    private List<LinkEffect.Send> takeSends() {
        List<LinkEffect.Send> sends = effects.stream()
                .filter(LinkEffect.Send.class::isInstance)
                .map(LinkEffect.Send.class::cast)
                .toList();
        effects.removeAll(sends);
        return sends;
    }

    List<XmlElement> bounced() {
        return effects.stream()
                .filter(LinkEffect.Bounce.class::isInstance)
                .flatMap(effect -> ((LinkEffect.Bounce) effect).stanzas().stream())
                .toList();
    }

    List<Long> abandoned() {
        return effects.stream()
                .filter(LinkEffect.AbandonStream.class::isInstance)
                .map(effect -> ((LinkEffect.AbandonStream) effect).stream())
                .toList();
    }

    static String id(XmlElement stanza) {
        return stanza.attribute("id").orElseThrow();
    }
}

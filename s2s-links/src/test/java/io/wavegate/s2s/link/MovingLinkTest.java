package io.wavegate.s2s.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.Xml;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Links, of Wave and of components, whose streams were there before them or will have to go. */
final class MovingLinkTest {
    private static final DomainPair PAIR = new DomainPair("a.test", "b.test");

    private final List<LinkEffect> effects = new ArrayList<>();
    private Function<LinkInput, List<LinkEffect>> link = input -> List.of();
    private long now = 1_000;
    private int said;

    enum Kind {
        WAVE,
        RELAY
    }

    private void start(Kind kind) {
        if (kind == Kind.WAVE) {
            LinkState state =
                    new LinkState(PAIR, "a.test", LinkScript.settings(100, 1 << 20), () -> "id", new Random(1), now);
            link = input -> state.handle(input, now);
        } else {
            RelayState state = new RelayState(PAIR, RelayScript.settings(), () -> "id", new Random(1), now);
            link = input -> state.handle(input, now);
        }
    }

    /** Has something for the peer, which the link may send at once. */
    private void say(Kind kind) {
        said++;
        var stanza = Xml.stanza("<iq type='result' id='" + said + "'/>");
        on(kind == Kind.WAVE ? new LinkInput.Say(PAIR, stanza) : new LinkInput.Relay(said, List.of(stanza), 10));
    }

    private void on(LinkInput input) {
        effects.clear();
        effects.addAll(link.apply(input));
    }

    private List<Long> sentOn() {
        return effects.stream()
                .filter(LinkEffect.Send.class::isInstance)
                .map(effect -> ((LinkEffect.Send) effect).stream())
                .toList();
    }

    private List<Long> closed() {
        return effects.stream()
                .filter(LinkEffect.CloseStream.class::isInstance)
                .map(effect -> ((LinkEffect.CloseStream) effect).stream())
                .toList();
    }

    private boolean opens() {
        return effects.stream().anyMatch(LinkEffect.OpenStream.class::isInstance);
    }

    private void open(Kind kind, long stream) {
        start(kind);
        say(kind);
        assertThat(opens()).isTrue();
        on(new LinkInput.StreamOpened(PAIR, stream, true, 0));
        on(new LinkInput.Sent(PAIR, stream));
    }

    @ParameterizedTest
    @EnumSource
    void aStreamThatWasFoundIsUsed(Kind kind) {
        start(kind);
        on(new LinkInput.StreamFound(PAIR, 5, true, 0));
        say(kind);
        assertThat(opens()).isFalse();
        assertThat(sentOn()).containsExactly(5L);
    }

    @ParameterizedTest
    @EnumSource
    void aSecondStreamThatIsFoundIsClosed(Kind kind) {
        open(kind, 5);
        on(new LinkInput.StreamFound(PAIR, 6, true, 0));
        assertThat(closed()).containsExactly(6L);
        say(kind);
        assertThat(sentOn()).containsExactly(5L);
    }

    @ParameterizedTest
    @EnumSource
    void aStreamWhoseEdgeLeavesIsUsedUntilAnotherOneIsOpenAndClosedLater(Kind kind) {
        open(kind, 5);
        on(new LinkInput.StreamLeaving(PAIR, 5));
        assertThat(opens()).isTrue();
        on(new LinkInput.StreamLeaving(PAIR, 5));
        assertThat(opens()).as("once").isFalse();
        say(kind);
        assertThat(sentOn()).containsExactly(5L);
        on(new LinkInput.Sent(PAIR, 5));
        on(new LinkInput.StreamOpened(PAIR, 6, true, 0));
        assertThat(closed()).isEmpty();
        say(kind);
        assertThat(sentOn()).containsExactly(6L);
        now += 1_001;
        on(new LinkInput.Tick());
        assertThat(closed()).containsExactly(5L);
    }

    @ParameterizedTest
    @EnumSource
    void aStreamWithoutSuccessorGoesOn(Kind kind) {
        open(kind, 5);
        on(new LinkInput.StreamLeaving(PAIR, 5));
        on(new LinkInput.StreamFailed(PAIR, new StreamEnd(StreamEnd.Reason.CONNECT_FAILED, "refused")));
        assertThat(effects).noneMatch(LinkEffect.PhaseChanged.class::isInstance);
        say(kind);
        assertThat(sentOn()).containsExactly(5L);
    }

    @ParameterizedTest
    @EnumSource
    void aStreamThatEndsBeforeItsSuccessorIsOpenIsNotOpenedTwice(Kind kind) {
        open(kind, 5);
        on(new LinkInput.StreamLeaving(PAIR, 5));
        on(new LinkInput.StreamEnded(PAIR, 5, new StreamEnd(StreamEnd.Reason.CLOSED_BY_REMOTE, "closed"), List.of()));
        say(kind);
        assertThat(opens()).isFalse();
        on(new LinkInput.StreamOpened(PAIR, 6, true, 0));
        assertThat(sentOn()).containsExactly(6L);
    }

    @ParameterizedTest
    @EnumSource
    void anOperatorClosesTheStreamThatHasASuccessorToo(Kind kind) {
        open(kind, 5);
        on(new LinkInput.StreamLeaving(PAIR, 5));
        on(new LinkInput.StreamOpened(PAIR, 6, true, 0));
        on(new LinkInput.CloseStreams());
        assertThat(closed()).containsExactly(5L, 6L);
    }

    @Test
    void whatWasAskedOnTheOldStreamIsWaitedForButNotForEver() {
        start(Kind.WAVE);
        on(new LinkInput.Ask(1, LinkScript.request(1)));
        on(new LinkInput.StreamOpened(PAIR, 5, true, 0));
        assertThat(sentOn()).containsExactly(5L);
        on(new LinkInput.Sent(PAIR, 5));
        on(new LinkInput.StreamLeaving(PAIR, 5));
        on(new LinkInput.StreamOpened(PAIR, 6, true, 0));
        now += 1_001;
        on(new LinkInput.Tick());
        assertThat(closed()).as("an answer may come on it").isEmpty();
        now += 10_000;
        on(new LinkInput.Tick());
        assertThat(closed()).containsExactly(5L);
    }
}

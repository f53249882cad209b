package io.wavegate.s2s.entity;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.api.WatchedEvent;
import io.wavegate.s2s.entity.WatchCommand.Shown;
import io.wavegate.s2s.entity.WatchCommand.ToDesk;
import io.wavegate.s2s.entity.WatchCommand.ToWatcher;
import io.wavegate.s2s.entity.WatchCommand.Watch;
import io.wavegate.s2s.stream.DomainPair;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchDeskTest {
    private static final DomainPair LINK = new DomainPair("a.test", "b.test");
    private static final int MOST = 256;

    private final ActorTestKit kit = StoredMessages.node("watch-desk");
    private final AtomicInteger begun = new AtomicInteger();
    private final List<Consumer<WatchedEvent>> shown = new ArrayList<>();
    private final ActorRef<ToDesk> desk = kit.spawn(WatchDesk.create((link, watcher) -> {
        shown.add(watcher);
        begun.incrementAndGet();
        return () -> {};
    }));

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void watcherBeyondTheMostIsToldOnceWhyItSeesNothingAndBeginsWhenThereIsRoom() {
        List<ActorRef<ToWatcher>> watchers = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            watchers.add(kit.spawn(Behaviors.ignore()));
            desk.tell(new Watch(LINK, watchers.get(i), 0));
        }
        TestProbe<ToWatcher> late = kit.createTestProbe();
        desk.tell(new Watch(LINK, late.ref(), 0));
        Shown refusal = late.expectMessageClass(Shown.class);
        assertThat(refusal.event()).hasValueSatisfying(event -> {
            assertThat(event.kind()).isEqualTo(WatchedEvent.Kind.HAPPENED);
            assertThat(event.text()).contains("256 watchers", "End other watches");
        });
        assertThat(begun).hasValue(MOST);

        desk.tell(new Watch(LINK, late.ref(), refusal.number()));
        desk.tell(new WatchCommand.WatcherGone(watchers.get(0)));
        desk.tell(new Watch(LINK, late.ref(), refusal.number()));
        late.awaitAssert(() -> {
            assertThat(begun).hasValue(MOST + 1);
            return null;
        });
        WatchedEvent first = new WatchedEvent(1, WatchedEvent.Kind.SENT, "a.test", "b.test", "<message/>");
        shown.get(MOST).accept(first);
        assertThat(late.expectMessageClass(Shown.class).event()).as("told once").contains(first);
    }
}

package io.wavegate.s2s.entity;

import io.wavegate.s2s.link.LinkEffect;
import io.wavegate.s2s.link.LinkInput;
import io.wavegate.s2s.link.LinkState;
import io.wavegate.s2s.link.Outcome;
import io.wavegate.s2s.stream.DomainPair;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** Carries out what {@link LinkState} decides for one pair of domains. Sharded by {@code local|remote}. */
public final class LinkEntity extends AbstractBehavior<LinkCommand> {
    /** The sharded type. */
    public static final EntityTypeKey<LinkCommand> TYPE = EntityTypeKey.create(LinkCommand.class, "link");

    private static final String WHEN_DOWN =
            "It is tried again by itself; if the cause is on our side, `wavegate links` shows the steps taken.";

    private final DomainPair domains;
    private final Environment environment;
    private final LinkLife life;
    private final Map<Long, ActorRef<Outcome>> askers = new HashMap<>();
    private final Map<Long, ActorRef<Boolean>> confirmers = new HashMap<>();
    private long lastToken;

    /**
     * What an entity needs of the node.
     *
     * @param streams what its streams need
     * @param clock milliseconds since the epoch
     * @param state makes the core of a link
     * @param reachable told when the remote domain can be reached again
     * @param services told which names the link uses
     * @param watches shown what passes
     * @param unusedFor how long a link of no use is kept
     */
    record Environment(
            LinkStreams.Environment streams,
            LongSupplier clock,
            StateSource state,
            ReachableListener reachable,
            ForeignServices services,
            LinkWatches watches,
            Duration unusedFor) {}

    /** Makes the core of a link. */
    @FunctionalInterface
    interface StateSource {
        LinkState create(DomainPair domains, long nowMillis);
    }

    /** Told when a remote domain can be reached again. */
    @FunctionalInterface
    interface ReachableListener {
        void reachable(DomainPair domains);
    }

    static String entityId(DomainPair domains) {
        return domains.local() + "|" + domains.remote();
    }

    static DomainPair domains(String entityId) {
        int bar = entityId.indexOf('|');
        if (bar < 1 || bar == entityId.length() - 1) {
            throw new IllegalArgumentException("Not the id of a link: " + entityId);
        }
        return new DomainPair(entityId.substring(0, bar), entityId.substring(bar + 1));
    }

    static Behavior<LinkCommand> create(
            String entityId, ActorRef<ClusterSharding.ShardCommand> shard, Environment environment) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new LinkEntity(new LinkLife.Place(domains(entityId), context, timers, shard), environment)));
    }

    private LinkEntity(LinkLife.Place place, Environment environment) {
        super(place.context());
        this.domains = place.link();
        this.environment = environment;
        this.life = new LinkLife(
                place,
                environment.state().create(domains, environment.clock().getAsLong()),
                environment.streams(),
                environment.unusedFor(),
                new PhaseReport(domains, environment.watches(), Level.WARN, WHEN_DOWN),
                new Own());
    }

    @Override
    public Receive<LinkCommand> createReceive() {
        return life.heed(newReceiveBuilder())
                .onMessage(LinkCommand.Ask.class, this::ask)
                .onMessage(LinkCommand.AskAgain.class, this::askAgain)
                .onMessage(LinkCommand.Say.class, say -> life.feed(new LinkInput.Say(say.pair(), say.stanza())))
                .onMessage(LinkCommand.Confirm.class, this::confirm)
                .onMessage(LinkCommand.Wake.class, wake -> life.feed(new LinkInput.Behind()))
                .onSignal(PostStop.class, this::stopped)
                .build();
    }

    private Behavior<LinkCommand> askAgain(LinkCommand.AskAgain again) {
        return askers.containsValue(again.first().replyTo()) ? this : ask(again.first());
    }

    private Behavior<LinkCommand> ask(LinkCommand.Ask ask) {
        askers.put(++lastToken, ask.replyTo());
        return life.feed(new LinkInput.Ask(lastToken, ask.request()));
    }

    private Behavior<LinkCommand> confirm(LinkCommand.Confirm confirm) {
        confirmers.put(++lastToken, confirm.replyTo());
        return life.feed(new LinkInput.Confirm(lastToken, confirm.address(), confirm.find()));
    }

    private Behavior<LinkCommand> stopped(PostStop signal) {
        // Whoever has no answer asks again, and is answered by the link where it is then.
        askers.clear();
        life.end();
        environment.services().forget(domains);
        return this;
    }

    private final class Own implements LinkLife.Kind {
        @Override
        public void uses(DomainPair pair) {
            environment.services().use(domains, pair.remote());
        }

        @Override
        public List<String> services() {
            return environment.services().usedBy(domains);
        }

        @Override
        public void carryOut(LinkEffect effect) {
            if (effect instanceof LinkEffect.Complete complete) {
                tell(askers.remove(complete.token()), complete.outcome());
            } else if (effect instanceof LinkEffect.Confirm confirm) {
                tell(confirmers.remove(confirm.token()), confirm.speaks());
            } else if (effect instanceof LinkEffect.Reachable) {
                environment.reachable().reachable(domains);
            }
        }
    }

    private static <T> void tell(@Nullable ActorRef<T> to, T message) {
        if (to != null) {
            to.tell(message);
        }
    }
}

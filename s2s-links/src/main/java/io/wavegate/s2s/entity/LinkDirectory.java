package io.wavegate.s2s.entity;

import io.wavegate.s2s.stream.DomainPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/** Which links run anywhere in the cluster: each node tells of its own, and a node that does not answer is left out. */
final class LinkDirectory {
    private static final ServiceKey<ListLinks> KEY = ServiceKey.create(ListLinks.class, "wavegate-links");
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ActorSystem<?> system;
    private final ActorRef<ListLinks> teller;

    /** A question to a node: which links run on it. */
    record ListLinks(ActorRef<Listed> replyTo) implements LinkMessage {}

    /** The answer, by the ids of their entities. */
    record Listed(List<String> ids) implements LinkMessage {}

    private LinkDirectory(ActorSystem<?> system, ActorRef<ListLinks> teller) {
        this.system = system;
        this.teller = teller;
    }

    /**
     * Has this node tell of its links too.
     *
     * @param here those that run on it
     * @param most no more of them are told
     */
    static LinkDirectory start(ActorSystem<?> system, Supplier<CompletionStage<List<DomainPair>>> here, int most) {
        ActorRef<ListLinks> teller = system.systemActorOf(teller(here, most), "wavegate-links", Props.empty());
        system.receptionist().tell(Receptionist.register(KEY, teller));
        return new LinkDirectory(system, teller);
    }

    private static Behavior<ListLinks> teller(Supplier<CompletionStage<List<DomainPair>>> here, int most) {
        return Behaviors.receiveMessage(question -> {
            here.get().thenAccept(links -> question.replyTo()
                    .tell(new Listed(
                            links.stream().limit(most).map(LinkEntity::entityId).toList())));
            return Behaviors.same();
        });
    }

    /** The links that run, in order. */
    CompletionStage<List<DomainPair>> everywhere() {
        return AskPattern.<Receptionist.Command, Receptionist.Listing>ask(
                        system.receptionist(), replyTo -> Receptionist.find(KEY, replyTo), PATIENCE, system.scheduler())
                .thenCompose(listing -> {
                    CompletionStage<List<String>> all = CompletableFuture.completedFuture(new ArrayList<>());
                    // What is registered takes a moment to be listed, also on its own node.
                    Set<ActorRef<ListLinks>> nodes = new HashSet<>(listing.getServiceInstances(KEY));
                    nodes.add(teller);
                    for (ActorRef<ListLinks> node : nodes) {
                        all = all.thenCombine(on(node), (list, more) -> {
                            list.addAll(more);
                            return list;
                        });
                    }
                    return all;
                })
                .thenApply(ids -> ids.stream()
                        .distinct()
                        .sorted()
                        .map(LinkEntity::domains)
                        .toList());
    }

    private CompletionStage<List<String>> on(ActorRef<ListLinks> node) {
        return AskPattern.<ListLinks, Listed>ask(node, ListLinks::new, PATIENCE, system.scheduler())
                .handle((listed, failure) -> failure == null ? listed.ids() : List.of());
    }
}

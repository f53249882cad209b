package io.wavegate.cluster.formation;

import com.typesafe.config.Config;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.discovery.Discovery;
import org.apache.pekko.discovery.Lookup;
import org.apache.pekko.discovery.ServiceDiscovery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.Future;
import scala.concurrent.duration.FiniteDuration;
import scala.jdk.javaapi.FutureConverters;

/**
 * Looks for nodes as Pekko does, and tells whoever waits for the join, and the log, what is in the way: by itself Pekko asks
 * again and again, and names neither what was asked nor what to do about it.
 */
public final class ToldDiscovery extends ServiceDiscovery {
    private static final Logger LOG = LoggerFactory.getLogger(ToldDiscovery.class);
    private static final String METHOD = "pekko.discovery.wavegate.method";
    private static final String REQUIRED =
            "pekko.management.cluster.bootstrap.contact-point-discovery.required-contact-point-nr";

    private final ExtendedActorSystem system;
    private final Config config;
    private final String method;
    private final int required;
    private Optional<String> told = Optional.empty();

    /** Made by Pekko, by name. */
    public ToldDiscovery(ExtendedActorSystem system) {
        this.system = system;
        this.config = system.settings().config();
        this.method = config.getString(METHOD);
        this.required = config.getInt(REQUIRED);
    }

    @Override
    public Future<Resolved> lookup(Lookup query, FiniteDuration within) {
        return FutureConverters.asScala(ask(query, within)
                .whenComplete((resolved, failure) -> tell(obstacle(query.serviceName(), resolved, failure))));
    }

    private CompletionStage<Resolved> ask(Lookup query, FiniteDuration within) {
        try {
            // Not when this is made: Pekko makes one at a time, and files that one reads may come later.
            return FutureConverters.asJava(
                    Discovery.get(system).loadServiceDiscovery(method).lookup(query, within));
        } catch (Exception e) {
            // Scala declares none: a file that cannot be read comes through as what it is.
            return CompletableFuture.failedFuture(e);
        }
    }

    private Optional<String> obstacle(String service, @Nullable Resolved resolved, @Nullable Throwable failure) {
        boolean kubernetes = method.equals("kubernetes-api");
        if (resolved == null) {
            return Optional.of(
                    kubernetes
                            ? "the Kubernetes API does not list pods (" + said(failure)
                                    + "). The service account of this"
                                    + " pod must have the right to list pods in their namespace, and the API must be"
                                    + " reachable"
                            : "DNS does not tell the addresses of " + service + " (" + said(failure)
                                    + "). wavegate.cluster.bootstrap.service must be a name with address records of nodes");
        }
        int count = resolved.getAddresses().size();
        if (count >= required) {
            return Optional.empty();
        }
        String nodes = resolved.getAddresses().stream()
                .map(ResolvedTarget::host)
                .sorted()
                .collect(Collectors.joining(", ", count + " (", ")"));
        return Optional.of((kubernetes ? "the Kubernetes API lists" : "DNS tells") + " too few running nodes: " + nodes
                + ", and wavegate.cluster.bootstrap.contact-points wants " + required
                + (kubernetes
                        ? ". Pods of nodes must have the labels of wavegate.cluster.bootstrap.label-selector"
                        : ""));
    }

    private static String said(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause == null ? "no answer" : cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    private synchronized void tell(Optional<String> obstacle) {
        JoinAttempts.obstructed(config, obstacle);
        if (!obstacle.equals(told)) {
            told = obstacle;
            if (JoinAttempts.isJoining(config)) {
                obstacle.ifPresentOrElse(
                        text -> LOG.warn("Other nodes are not found yet: {}.", text),
                        () -> LOG.info("As many nodes are found as are wanted."));
            }
        }
    }
}

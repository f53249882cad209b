package io.wavegate.cluster.formation;

import io.wavegate.cluster.presence.OtherClusterReason;
import java.util.Optional;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.CoordinatedShutdown.Reason;

/** Why a node ended. */
public enum Ending {
    /** Somebody at this machine asked for it. */
    ASKED(0, "it was asked to stop", "Start it again when it is wanted"),

    /** An operator took it out of the cluster. */
    LEFT(0, "an operator had it leave the cluster", "Start it again if it is to come back"),

    /** The others went on without it. */
    DOWNED(
            Ending.AGAIN,
            "the cluster took it for dead, or it was on the smaller side of a partition; the others serve its wavelets and"
                    + " links now, and nothing acknowledged is lost. It ends so that nothing of it goes on beside them",
            "Start it again, as systemd's Restart=on-failure does, and look for what cut it off: the network, a paused"
                    + " machine, a long garbage collection"),

    /** It was in a cluster that should not be. */
    OTHER_CLUSTER(
            Ending.AGAIN,
            "another cluster of the same store lives, formed while the store or the network was cut off from one of the two,"
                    + " and two must not go on side by side; nothing acknowledged is lost",
            "Start it again, as systemd's Restart=on-failure does: it joins the other one. Then look for what cut them off,"
                    + " and compare `wavegate cluster` on all nodes"),

    /** No seed node let it in. */
    NO_SEED(
            Ending.AGAIN,
            "none of the nodes that it is to join let it in within wavegate.cluster.join-timeout",
            "See that one of them runs (the first seed node of the list forms the cluster; found by other means, there must"
                    + " be as many as wavegate.cluster.bootstrap.contact-points), that address and port are right and can be"
                    + " reached from here, and that either all nodes have wavegate.cluster.tls or none has"),

    /** Its configuration does not fit that of the cluster. */
    REFUSED(
            1,
            "the cluster did not let it in, because its configuration differs where all nodes must agree; the logs of the"
                    + " seed nodes name the keys",
            "Give it the values of the cluster, or stop all nodes to change them"),

    /** Something else ended its actor system. */
    FAILED(Ending.AGAIN, "its actor system ended by itself; the log above says why", "Start it again");

    /** For what may do when started again: EX_TEMPFAIL of sysexits.h. */
    private static final int AGAIN = 75;

    private final int exitCode;
    private final String cause;
    private final String nextStep;

    Ending(int exitCode, String cause, String nextStep) {
        this.exitCode = exitCode;
        this.cause = cause;
        this.nextStep = nextStep;
    }

    /** Of the process: 0 if it is to stay down, 1 if a start would end the same way, 75 if it is to be started again. */
    public int exitCode() {
        return exitCode;
    }

    /** What happened, for the operator. */
    public String cause() {
        return cause;
    }

    /** What to do about it. */
    public String nextStep() {
        return nextStep;
    }

    static Ending of(Optional<Reason> reason) {
        Reason given = reason.orElse(CoordinatedShutdown.unknownReason());
        if (given.equals(CoordinatedShutdown.clusterDowningReason())) {
            return DOWNED;
        }
        if (given.equals(CoordinatedShutdown.clusterLeavingReason())) {
            return LEFT;
        }
        if (given.equals(OtherClusterReason.INSTANCE)) {
            return OTHER_CLUSTER;
        }
        if (given.equals(CoordinatedShutdown.incompatibleConfigurationDetectedReason())) {
            return REFUSED;
        }
        return given.equals(CoordinatedShutdown.actorSystemTerminateReason()) ? ASKED : FAILED;
    }
}

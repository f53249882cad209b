package io.wavegate.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code wavegate cluster}. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the members of the running gateway's cluster, oldest first: roles, status, version, whether they can be "
                    + "reached, and how many shards and running wavelets and links each has.",
            "Exit code 0 if all members are up and reachable, 3 if one is not, 1 if the gateway cannot be asked."
        },
        subcommands = {ClusterCommand.Where.class, ClusterCommand.Leave.class, ClusterCommand.Down.class})
final class ClusterCommand implements Callable<Integer> {
    private static final int SOMETHING_IS_DOWN = 3;
    private static final String CLUSTER = "/admin/v1/cluster";

    @Mixin
    private AdminQuestion question = new AdminQuestion();

    @Override
    public Integer call() throws Exception {
        JsonNode answer = question.ask("GET", CLUSTER, ClusterText::members);
        for (JsonNode member : answer.path("members")) {
            if (!member.path("reachable").asBoolean()
                    || !member.path("status").asText().equals("up")) {
                return SOMETHING_IS_DOWN;
            }
        }
        return 0;
    }

    /** {@code wavegate cluster where}. */
    @Command(
            name = "where",
            mixinStandardHelpOptions = true,
            description = {
                "Shows on which node a wavelet or a link lives.",
                "Exit code 0 if it has a node, 3 if it has none at present: nobody has asked for it, or it is moving."
            })
    static final class Where implements Callable<Integer> {
        @Parameters(
                paramLabel = "WAVELET|DOMAIN|LOCAL/REMOTE",
                description = "A wavelet (a.example/w+1/~/conv+root), the links with a domain, or one link.")
        private String of = "";

        @Mixin
        private AdminQuestion question = new AdminQuestion();

        @Override
        public Integer call() throws Exception {
            JsonNode answer =
                    question.ask("GET", CLUSTER + "/where?of=" + AdminConnection.encoded(of), ClusterText::places);
            for (JsonNode place : answer.path("places")) {
                if (place.has("node")) {
                    return 0;
                }
            }
            return SOMETHING_IS_DOWN;
        }
    }

    /** Takes a member out. */
    private abstract static class Taking implements Callable<Integer> {
        private final String action;
        private final String said;

        @Parameters(paramLabel = "NODE", description = "The member, as `wavegate cluster` shows it: host:port.")
        private String member = "";

        @Mixin
        private AdminQuestion question = new AdminQuestion();

        /**
         * @param action as the admin API names it
         * @param said when it has begun, with a place for the member
         */
        Taking(String action, String said) {
            this.action = action;
            this.said = said;
        }

        @Override
        public final Integer call() throws Exception {
            question.ask(
                    "POST",
                    CLUSTER + "/members/" + AdminConnection.encoded(member) + "/" + action,
                    (out, answer) -> out.println(said.formatted(member)));
            return 0;
        }
    }

    /** {@code wavegate cluster leave}. */
    @Command(
            name = "leave",
            mixinStandardHelpOptions = true,
            description = {
                "Has a node leave the cluster in order: it closes its streams, hands over its wavelets and links, and its "
                        + "process ends with exit code 0, so that Restart=on-failure does not start it again.",
                "Exit code 0 when it has begun; `wavegate cluster` shows it leaving, then no more."
            })
    static final class Leave extends Taking {
        Leave() {
            super("leave", "%s is leaving; `wavegate cluster` shows when it has gone.");
        }
    }

    /** {@code wavegate cluster down}. */
    @Command(
            name = "down",
            mixinStandardHelpOptions = true,
            description = {
                "Declares a node dead without waiting for the split-brain resolver, so that its wavelets and links start "
                        + "elsewhere. If it lives after all it finds out, and its process ends with exit code 75.",
                "Exit code 0 when it has been declared."
            })
    static final class Down extends Taking {
        Down() {
            super("down", "%s counts as dead; its wavelets and links start elsewhere.");
        }
    }
}

package io.wavegate.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
    private AdminConnection node = new AdminConnection();

    @Option(names = "--json", description = "Print what the admin API answers instead of text.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        JsonNode answer = node.call("GET", CLUSTER);
        if (json) {
            spec.commandLine().getOut().println(answer.toPrettyString());
        } else {
            ClusterText.members(spec.commandLine().getOut(), answer);
        }
        for (JsonNode member : answer.path("members")) {
            if (!member.path("reachable").asBoolean()
                    || !member.path("status").asText().equals("up")) {
                return SOMETHING_IS_DOWN;
            }
        }
        return 0;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
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
        private AdminConnection node = new AdminConnection();

        @Option(names = "--json", description = "Print what the admin API answers instead of text.")
        private boolean json;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws Exception {
            JsonNode answer = node.call("GET", CLUSTER + "/where?of=" + encoded(of));
            if (json) {
                spec.commandLine().getOut().println(answer.toPrettyString());
            } else {
                ClusterText.places(spec.commandLine().getOut(), answer);
            }
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
        private AdminConnection node = new AdminConnection();

        @Option(names = "--json", description = "Print what the admin API answers instead of text.")
        private boolean json;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        Taking(String action, String said) {
            this.action = action;
            this.said = said;
        }

        @Override
        public final Integer call() throws Exception {
            JsonNode answer = node.call("POST", CLUSTER + "/members/" + encoded(member) + "/" + action);
            spec.commandLine().getOut().println(json ? answer.toPrettyString() : said.formatted(member));
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

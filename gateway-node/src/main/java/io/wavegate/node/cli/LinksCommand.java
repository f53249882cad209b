package io.wavegate.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wavegate links}. */
@Command(
        name = "links",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the links of the running gateway with other domains: state and since when, wave service, streams, last "
                    + "error with the steps that led to it, next attempt.",
            "Exit code 0 if no link of our domains is down, 3 if one is, 1 if the gateway cannot be asked. Links of components"
                    + " do not count: where those send is their users' choice."
        },
        subcommands = {LinksCommand.Retry.class, LinksCommand.Close.class, LinksCommand.Watch.class})
final class LinksCommand implements Callable<Integer> {
    private static final int SOMETHING_IS_DOWN = 3;
    private static final String LINKS = "/admin/v1/links";

    @Mixin
    private AdminQuestion question = new AdminQuestion();

    @Option(
            names = "--steps",
            description = "Show the steps of the last attempt of every link, not only of those down.")
    private boolean steps;

    @Override
    public Integer call() throws Exception {
        JsonNode answer = question.ask("GET", LINKS, (out, links) -> list(out, links, steps));
        return isAnyDown(answer) ? SOMETHING_IS_DOWN : 0;
    }

    private static void list(PrintWriter out, JsonNode links, boolean steps) {
        new LinksText(out, ZoneId.systemDefault()).list(links, steps);
    }

    /** A mistyped domain in a component would make the gateway look sick, and hide it when it is. */
    private static boolean isAnyDown(JsonNode answer) {
        for (JsonNode link : answer.path("links")) {
            boolean ours = !link.path("component").asBoolean();
            if (ours && link.path("state").asText().equals("down")) {
                return true;
            }
        }
        return false;
    }

    /** Which link is meant. */
    static final class Which {
        @Parameters(paramLabel = "DOMAIN", description = "The other domain.")
        private String domain = "";

        @Option(
                names = "--as",
                paramLabel = "OURS",
                description =
                        "Our domain, or the name of a component, where several have a link with DOMAIN. Default: all of"
                                + " them.")
        private @Nullable String local;

        String path(String action) {
            String path = LINKS + "/" + AdminConnection.encoded(domain) + "/" + action;
            return local == null ? path : path + "?local=" + AdminConnection.encoded(local);
        }
    }

    /** Does something to links, and shows them right after. */
    private abstract static class Operation implements Callable<Integer> {
        private final String action;
        private final boolean steps;

        @Mixin
        private Which which = new Which();

        @Mixin
        private AdminQuestion question = new AdminQuestion();

        /**
         * @param action as the admin API names it
         * @param steps show the steps of the last attempt
         */
        Operation(String action, boolean steps) {
            this.action = action;
            this.steps = steps;
        }

        @Override
        public final Integer call() throws Exception {
            question.ask("POST", which.path(action), (out, links) -> list(out, links, steps));
            return 0;
        }
    }

    /** {@code wavegate links retry}. */
    @Command(
            name = "retry",
            mixinStandardHelpOptions = true,
            description = {
                "Forgets what the running gateway believes of a domain, DNS included, and has it looked for now, whatever the "
                        + "backoff says; for a component's link a stream is opened.",
                "Exit code 0 when the attempt has begun; `wavegate links` shows what comes of it."
            })
    static final class Retry extends Operation {
        Retry() {
            super("retry", true);
        }
    }

    /** {@code wavegate links close}. */
    @Command(
            name = "close",
            mixinStandardHelpOptions = true,
            description = {
                "Closes the streams between the running gateway and a domain cleanly, those that it opened and those that the "
                        + "domain opened to it. Nothing is lost: what is needed is opened again by itself, and what was on its "
                        + "way is sent again, or comes back to the component that sent it. A stream that the domain uses "
                        + "for other names of ours too ends for these as well, until it opens another.",
                "Exit code 0 when they are being closed."
            })
    static final class Close extends Operation {
        Close() {
            super("close", false);
        }
    }

    /** {@code wavegate links watch}. */
    @Command(
            name = "watch",
            mixinStandardHelpOptions = true,
            description = {
                "Shows live what passes between the running gateway and a domain: stanzas in both directions, long texts cut, "
                        + "and what becomes of the streams. Secrets are never shown.",
                "Ends with Ctrl-C; exit code 1 if the gateway stops or cuts a watcher who is too slow."
            })
    static final class Watch implements Callable<Integer> {
        @Mixin
        private Which which = new Which();

        @Mixin
        private AdminConnection node = new AdminConnection();

        @Option(names = "--json", description = "Print lines of JSON instead of text.")
        private boolean json;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws Exception {
            LinksText text = new LinksText(spec.commandLine().getOut(), ZoneId.systemDefault());
            node.follow(which.path("watch"), event -> {
                if (json) {
                    spec.commandLine().getOut().println(event);
                    spec.commandLine().getOut().flush();
                } else {
                    text.event(event);
                }
            });
            return 0;
        }
    }
}

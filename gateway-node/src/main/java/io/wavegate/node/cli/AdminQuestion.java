package io.wavegate.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.node.config.FindingException;
import java.io.PrintWriter;
import java.util.function.BiConsumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One question to the admin API and its answer on the screen: what the commands that ask and show have in common. */
final class AdminQuestion {
    @Mixin
    private AdminConnection node = new AdminConnection();

    @Option(names = "--json", description = "Print what the admin API answers instead of text.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /**
     * Asks, and shows the answer.
     *
     * @param text prints it for a person, where JSON is not wanted
     * @return the answer, for the exit code
     */
    JsonNode ask(String method, String path, BiConsumer<PrintWriter, JsonNode> text)
            throws FindingException, InterruptedException {
        JsonNode answer = node.call(method, path);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(answer.toPrettyString());
        } else {
            text.accept(out, answer);
        }
        return answer;
    }
}

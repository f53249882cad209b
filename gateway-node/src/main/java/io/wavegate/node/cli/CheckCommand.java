package io.wavegate.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.node.check.CheckJson;
import io.wavegate.node.config.FindingException;
import io.wavegate.node.json.JsonFormException;
import io.wavegate.node.wiring.LocalChecks;
import io.wavegate.node.wiring.NodeSettings;
import io.wavegate.s2s.check.CheckReport;
import io.wavegate.s2s.check.CheckText;
import io.wavegate.s2s.check.Severity;
import io.wavegate.s2s.jid.Domain;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wavegate check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Finds out what stands between us and another domain, and says what to do next: its DNS records and what is "
                    + "tried in which order, whether its servers can be reached, TLS and certificates, what its streams "
                    + "offer, how each side proves itself to the other, its wave service, and how long each step takes.",
            "`wavegate check self` looks at our own domains as others see them, and prints the DNS records to publish.",
            "The running gateway does the looking; if none runs, this command does it in its place.",
            "Exit codes: 0 all is well, 3 warnings, 4 errors, 1 the check could not be made, 2 wrong usage."
        })
final class CheckCommand implements Callable<Integer> {
    private static final String SELF = "self";
    private static final int WARNINGS = 3;
    private static final int ERRORS = 4;

    @Parameters(paramLabel = "DOMAIN", description = "The other domain, or `self`.")
    private String domain = "";

    @Option(
            names = "--as",
            paramLabel = "OURS",
            description = "The domain of ours to ask as; with `self` the only one to check. Default: the first of the "
                    + "configuration; with `self` all.")
    private @Nullable String local;

    @Option(names = "--json", description = "Print reports as JSON instead of text.")
    private boolean json;

    @Mixin
    private AdminConnection node = new AdminConnection();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        if (!domain.equals(SELF) && Domain.parse(domain).isEmpty()) {
            throw new FindingException(
                    "\"" + domain + "\"", "is no domain name", "Check its spelling; `self` checks our own domains");
        }
        List<CheckReport> reports = reports();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(CheckJson.write(reports).toPrettyString());
        } else {
            reports.forEach(report -> out.println(CheckText.of(report)));
        }
        return exitCode(reports);
    }

    static int exitCode(List<CheckReport> reports) {
        Severity worst = reports.stream()
                .map(CheckReport::worst)
                .max(Comparator.naturalOrder())
                .orElse(Severity.OK);
        return switch (worst) {
            case OK, NOTE -> 0;
            case WARNING -> WARNINGS;
            case ERROR -> ERRORS;
        };
    }

    private List<CheckReport> reports() throws Exception {
        try {
            List<CheckReport> reports = read(node.tryCall("POST", path()));
            told("As seen by the running gateway at " + node.address() + ".");
            return reports;
        } catch (AdminConnection.NotRunningException e) {
            NodeSettings settings = NodeSettings.read(node.config().read(), Instant.now());
            try (LocalChecks checks = LocalChecks.open(settings)) {
                told("No gateway runs at " + node.address() + "; this command looks in its place. " + checks.remark());
                return domain.equals(SELF)
                        ? checks.self(Optional.ofNullable(local))
                        : List.of(checks.other(Optional.ofNullable(local), domain));
            }
        }
    }

    /** Beside the report, so that a file or a program gets that alone. */
    private void told(String text) {
        spec.commandLine().getErr().println(text.strip());
    }

    private String path() {
        String path = "/admin/v1/check" + (domain.equals(SELF) ? "" : "/" + AdminConnection.encoded(domain));
        return local == null ? path : path + "?local=" + AdminConnection.encoded(local);
    }

    private List<CheckReport> read(JsonNode answer) throws FindingException {
        try {
            return CheckJson.read(answer);
        } catch (JsonFormException e) {
            throw new FindingException(
                    "The gateway at " + node.address(),
                    "answered another form of report (" + e.getMessage() + ")",
                    "Use the `wavegate` command of the gateway's own version");
        }
    }
}

package io.wavegate.node.cli;

import io.wavegate.node.config.Configuration;
import io.wavegate.node.config.DomainSettings;
import io.wavegate.node.config.Finding;
import io.wavegate.node.config.FindingException;
import io.wavegate.node.token.TokenAlgorithm;
import io.wavegate.node.token.TokenKeyFiles;
import io.wavegate.node.token.TokenSettings;
import io.wavegate.node.token.Tokens;
import io.wavegate.wavelet.model.ParticipantId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code wavegate token}. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a bearer token for the client API or the admin API with the key of the configuration, or a new key.",
            "Example:  wavegate token --config gateway.conf --user ada@a.example --ttl 12h"
        })
final class TokenCommand implements Callable<Integer> {
    @ArgGroup(multiplicity = "1")
    private Wanted wanted = new Wanted();

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            description = "How long the token holds: 30m, 12h, 7d. Default: ${DEFAULT-VALUE}.",
            defaultValue = "12h",
            converter = Life.class)
    private Duration life = Duration.ofHours(12);

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description = "Of a new key: EdDSA or HS256. Default: ${DEFAULT-VALUE}.",
            defaultValue = "EdDSA")
    private String algorithm = "EdDSA";

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** One of the two. */
    static final class Wanted {
        @Option(names = "--user", paramLabel = "ADDRESS", description = "Whose token: name@domain of our domains.")
        private @Nullable String user;

        @Option(
                names = "--operator",
                paramLabel = "NAME",
                description = "A token for the admin API; the name is for the log.")
        private @Nullable String operator;

        @Option(names = "--new-key", paramLabel = "FILE", description = "Make a key file for wavegate.tokens.key.")
        private @Nullable Path newKey;
    }

    @Override
    public Integer call() throws Exception {
        if (wanted.newKey != null) {
            TokenKeyFiles.make(known(algorithm), wanted.newKey);
            spec.commandLine().getOut().println("Written: " + wanted.newKey + ". Name it as wavegate.tokens.key.");
            return 0;
        }
        if (wanted.operator != null) {
            spec.commandLine().getOut().println(OperatorToken.make(wanted.operator, config.read(), life));
            return 0;
        }
        spec.commandLine().getOut().println(token(String.valueOf(wanted.user), config.read()));
        return 0;
    }

    private String token(String address, Configuration configuration) throws FindingException {
        List<Finding> findings = new ArrayList<>();
        TokenSettings settings =
                configuration.section(TokenSettings::from, findings).orElse(null);
        Set<String> domains = new HashSet<>();
        configuration
                .section(DomainSettings::from, findings)
                .ifPresent(list -> list.forEach(domain -> domains.add(domain.name())));
        if (settings == null || !findings.isEmpty()) {
            throw new FindingException(findings);
        }
        Tokens tokens = new Tokens(settings.key(), domains, settings.leeway());
        ParticipantId user = tokens.user(address)
                .orElseThrow(() -> new FindingException(
                        "--user " + address,
                        "is no address of our domains " + domains + " in Unicode's normal form NFKC",
                        "Give name@domain with one of them, or add the domain to wavegate.domains"));
        return tokens.make(user, Instant.now(), life)
                .orElseThrow(() -> new FindingException(
                        "wavegate.tokens.key",
                        "names a public key only, which can check tokens but not make them",
                        "Use a key file with the private key too"));
    }

    private static TokenAlgorithm known(String label) throws FindingException {
        return TokenAlgorithm.of(label)
                .orElseThrow(() -> new FindingException("--algorithm " + label, "is not known", "Give EdDSA or HS256"));
    }

    /** {@code 30m}, {@code 12h}, {@code 7d}. */
    static final class Life implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            if (!text.matches("[1-9][0-9]{0,6}[smhd]")) {
                throw new TypeConversionException("\"" + text + "\" is no time like 30m, 12h or 7d");
            }
            long count = Long.parseLong(text.substring(0, text.length() - 1));
            return switch (text.charAt(text.length() - 1)) {
                case 's' -> Duration.ofSeconds(count);
                case 'm' -> Duration.ofMinutes(count);
                case 'h' -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
        }
    }
}

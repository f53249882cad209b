package io.wavegate.node.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a node was told: environment over file over {@code reference.conf}.
 *
 * @param config resolved
 * @param findings unknown keys and values of a wrong kind; a node does not start on them
 */
public record Configuration(Config config, List<Finding> findings) {

    /** Objects whose keys are the operator's own: domains and their addresses. */
    private static final Set<String> OPEN_OBJECTS = Set.of(
            "wavegate.s2s.resolve.pins",
            "wavegate.s2s.streams.policies",
            "wavegate.s2s.components.accept",
            "wavegate.s2s.components.connect");

    public Configuration {
        findings = List.copyOf(findings);
    }

    /**
     * Reads.
     *
     * @param file the operator's; none: defaults and environment only
     * @throws FindingException if there is no such file, or it is no HOCON
     */
    public static Configuration read(Optional<Path> file, Map<String, String> environment) throws FindingException {
        ConfigObject manual =
                ConfigFactory.parseResourcesAnySyntax("reference.conf").root();
        Config reference = ConfigFactory.defaultReference();
        Map<String, String> variables = EnvironmentOverrides.variables(manual);
        Config overrides = EnvironmentOverrides.of(environment, variables, reference);
        Config written = file.isPresent() ? parse(file.get()) : ConfigFactory.empty();
        List<Finding> findings = new ArrayList<>(unknownVariables(environment, variables));
        findings.addAll(KeyCheck.check(written, reference, manual, OPEN_OBJECTS));
        findings.addAll(KeyCheck.check(overrides, reference, manual, OPEN_OBJECTS));
        return new Configuration(overrides.withFallback(written).withFallback(ConfigFactory.load()), findings);
    }

    private static Config parse(Path file) throws FindingException {
        if (!Files.isRegularFile(file)) {
            throw new FindingException(
                    "Configuration file " + file, "there is no such file", "Give its path with --config");
        }
        try {
            Config parsed = ConfigFactory.parseFile(
                    file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
            return parsed.resolve(ConfigResolveOptions.defaults());
        } catch (ConfigException.UnresolvedSubstitution e) {
            throw new FindingException(
                    "Configuration file " + file,
                    String.valueOf(e.getMessage()),
                    "Set the environment variable of that name, also for commands that only ask a running gateway, or write"
                            + " the value in its place");
        } catch (ConfigException e) {
            throw new FindingException(
                    "Configuration file " + file, String.valueOf(e.getMessage()), "Correct it; the form is HOCON");
        }
    }

    private static List<Finding> unknownVariables(Map<String, String> environment, Map<String, String> known) {
        return environment.keySet().stream()
                .filter(name -> name.startsWith("WAVEGATE_") && !known.containsKey(name))
                .filter(name -> !ToolVariables.NAMES.contains(name))
                .sorted()
                .map(name -> new Finding(
                        "Environment variable " + name,
                        "stands for no key",
                        NearestName.of(name, known.keySet())
                                .map(near -> "Did you mean " + near + "?")
                                .orElse("Unset it")))
                .toList();
    }

    /**
     * Applies a reader of settings, turning its complaint into a finding.
     *
     * @param findings receives the complaint
     */
    public <T> Optional<T> section(SettingsReader<T> reader, List<Finding> findings) {
        try {
            return Optional.of(reader.read(config));
        } catch (ConfigException e) {
            if (!isFound(e)) {
                findings.add(complaint(e));
            }
        } catch (FindingException e) {
            findings.addAll(e.findings());
        }
        return Optional.empty();
    }

    private static Finding complaint(ConfigException e) {
        String message = String.valueOf(e.getMessage());
        String next = "Correct the value; the key is explained in reference.conf";
        if (e.origin() == null) {
            return new Finding("Configuration", message, next);
        }
        String place = e.origin().description() + ": ";
        return new Finding(
                Origins.of(e.origin()), message.startsWith(place) ? message.substring(place.length()) : message, next);
    }

    // A value of a wrong kind was found when its key was checked; the reader of its section stumbles over it again.
    private boolean isFound(ConfigException e) {
        String message = String.valueOf(e.getMessage());
        return e.origin() != null
                && findings.stream()
                        .map(Finding::thing)
                        .anyMatch(thing -> thing.startsWith(Origins.of(e.origin()) + ": ")
                                && message.contains(thing.substring(thing.lastIndexOf('.') + 1)));
    }

    /** Reads one record of settings. */
    @FunctionalInterface
    public interface SettingsReader<T> {
        T read(Config root) throws FindingException;
    }
}

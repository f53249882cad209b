package io.wavegate.node.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The environment wins over the file. {@code reference.conf} says which variable stands for which key by its lines
 * {@code key = ${?WAVEGATE_…}}; left to themselves those lines would lose against the file, being defaults.
 */
final class EnvironmentOverrides {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\?(WAVEGATE_[A-Z0-9_]+)}");

    private EnvironmentOverrides() {}

    /**
     * @param manual the defaults, unresolved
     * @return variable to key
     */
    static Map<String, String> variables(ConfigObject manual) {
        Map<String, String> found = new TreeMap<>();
        // Ours only: what the libraries leave unresolved in their own defaults cannot be walked.
        if (manual.get("wavegate") instanceof ConfigObject own) {
            collect("wavegate", own, found);
        }
        return found;
    }

    private static void collect(String path, ConfigObject object, Map<String, String> found) {
        object.forEach((key, value) -> {
            String inner = path + "." + key;
            if (value instanceof ConfigObject innerObject) {
                collect(inner, innerObject, found);
            } else {
                Matcher matcher = VARIABLE.matcher(value.render());
                while (matcher.find()) {
                    found.put(matcher.group(1), inner);
                }
            }
        });
    }

    /** What the environment sets; a list is written with commas. */
    static Config of(Map<String, String> environment, Map<String, String> variables, Config reference) {
        Config set = ConfigFactory.empty();
        for (Map.Entry<String, String> known : variables.entrySet()) {
            String text = environment.get(known.getKey());
            if (text != null) {
                String key = known.getValue();
                Object value = reference.hasPath(key) && isList(reference.getValue(key)) ? split(text) : text;
                set = set.withValue(
                        key, ConfigValueFactory.fromAnyRef(value, "environment variable " + known.getKey()));
            }
        }
        return set;
    }

    private static boolean isList(ConfigValue value) {
        return value instanceof List<?>;
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::trim)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}

package io.wavegate.node.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Compares what an operator wrote with {@code reference.conf}, which is the manual and therefore the schema: every key
 * has to be in it, with a value of the same kind. Objects in lists, and objects with keys of the operator's own
 * choosing, are named here, because a default cannot show their keys.
 */
final class KeyCheck {
    /** Objects in lists: the keys each may have. */
    private static final Map<String, Set<String>> LIST_ENTRIES =
            Map.of("wavegate.domains", Set.of("name", "certificate", "key", "signing-certificate", "signing-key"));

    private static final Pattern DURATION =
            Pattern.compile("\\d+(\\.\\d+)?\\s*(ns|us|ms|s|m|h|d|seconds?|minutes?|hours?|days?)");
    private static final Pattern SIZE = Pattern.compile("\\d+\\s*(B|k|K|KiB|MiB|GiB|kB|MB|GB|bytes)");

    private final Config reference;
    private final Set<String> openObjects;
    private final List<Finding> findings = new ArrayList<>();

    private KeyCheck(Config reference, Set<String> openObjects) {
        this.reference = reference;
        this.openObjects = openObjects;
    }

    /**
     * @param reference the resolved defaults
     * @param known the defaults' keys, with those that have no default
     * @param openObjects paths of objects whose keys are the operator's (names of domains, say)
     */
    static List<Finding> check(Config written, Config reference, ConfigObject known, Set<String> openObjects) {
        KeyCheck check = new KeyCheck(reference, openObjects);
        ConfigValue own = written.root().get("wavegate");
        ConfigValue manual = known.get("wavegate");
        if (own != null && manual != null) {
            check.object("wavegate", own, (ConfigObject) manual);
        }
        return check.findings;
    }

    private void object(String path, ConfigValue value, ConfigObject known) {
        if (!(value instanceof ConfigObject object)) {
            findings.add(wrong(path, value, "must be an object { … }"));
            return;
        }
        object.forEach((key, inner) -> {
            String innerPath = path + "." + key;
            if (!known.containsKey(key)) {
                findings.add(unknown(innerPath, inner, key, known.keySet()));
            } else if (!openObjects.contains(innerPath)) {
                value(innerPath, inner, known.get(key));
            }
        });
    }

    private void value(String path, ConfigValue value, ConfigValue known) {
        if (known instanceof ConfigObject knownObject) {
            object(path, value, knownObject);
        } else if (LIST_ENTRIES.containsKey(path) && value instanceof ConfigList list) {
            list.forEach(entry -> entry(path, entry, LIST_ENTRIES.get(path)));
        } else if (reference.hasPath(path)) {
            kind(path, value, reference.getValue(path));
        }
    }

    private void entry(String path, ConfigValue entry, Set<String> keys) {
        if (!(entry instanceof ConfigObject object)) {
            findings.add(wrong(path, entry, "must hold objects { name = …, certificate = …, key = … }"));
            return;
        }
        object.forEach((key, value) -> {
            if (!keys.contains(key)) {
                findings.add(unknown(path + "[]." + key, value, key, keys));
            }
        });
    }

    private void kind(String path, ConfigValue value, ConfigValue fallback) {
        Config config = value.atPath("it");
        try {
            switch (fallback.valueType()) {
                case NUMBER -> config.getLong("it");
                case BOOLEAN -> config.getBoolean("it");
                case LIST -> config.getList("it");
                case STRING -> text(config, String.valueOf(fallback.unwrapped()));
                default -> {
                    // An object was handled before; null says nothing about the kind.
                }
            }
        } catch (ConfigException e) {
            findings.add(wrong(path, value, "must be " + kindOf(fallback) + ", for example " + fallback.render()));
        }
    }

    private static void text(Config config, String example) {
        if (DURATION.matcher(example).matches()) {
            config.getDuration("it");
        } else if (SIZE.matcher(example).matches()) {
            config.getMemorySize("it");
        } else {
            config.getString("it");
        }
    }

    private static String kindOf(ConfigValue value) {
        if (value.valueType() == ConfigValueType.STRING) {
            String example = String.valueOf(value.unwrapped());
            return DURATION.matcher(example).matches()
                    ? "a duration"
                    : SIZE.matcher(example).matches() ? "a size" : "a text";
        }
        return switch (value.valueType()) {
            case NUMBER -> "a whole number";
            case BOOLEAN -> "true or false";
            default -> "a list";
        };
    }

    private static Finding unknown(String path, ConfigValue value, String key, Set<String> known) {
        String next = NearestName.of(key, known)
                .map(near -> "Did you mean \"" + near + "\"?")
                .orElse("Known here: "
                        + String.join(", ", known.stream().sorted().toList()));
        return new Finding(Origins.of(value.origin()) + ": " + path, "unknown key", next);
    }

    private static Finding wrong(String path, ConfigValue value, String rule) {
        return new Finding(
                Origins.of(value.origin()) + ": " + path,
                "is " + value.render() + ", " + rule,
                "Correct the value; the key is explained in reference.conf");
    }
}

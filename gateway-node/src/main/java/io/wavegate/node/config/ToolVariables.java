package io.wavegate.node.config;

import java.util.Set;

/** Environment variables that the launcher, the logging set-up and the tests read, and that stand for no key. */
final class ToolVariables {
    static final Set<String> NAMES =
            Set.of("WAVEGATE_LOG_LEVEL", "WAVEGATE_LOG_ROOT", "WAVEGATE_JAVA_OPTS", "WAVEGATE_REQUIRE_PEERS");

    private ToolVariables() {}
}

package io.wavegate.persistence.embedded;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;

/** The shipped defaults, in a folder of the test. */
final class TestSettings {
    private TestSettings() {}

    static EmbeddedSettings in(Path folder) {
        return in(folder, "");
    }

    /** With some keys of {@code wavegate.store.embedded} changed. */
    static EmbeddedSettings in(Path folder, String changes) {
        return EmbeddedSettings.from(ConfigFactory.parseString(changes)
                .withFallback(
                        ConfigFactory.parseString("folder = \"" + folder + "\"\nretry-min = 50ms, retry-max = 200ms"))
                .withFallback(
                        ConfigFactory.parseResources("reference.conf").resolve().getConfig("wavegate.store.embedded")));
    }
}

package io.wavegate.load.fuzz;

import java.nio.file.Path;
import java.util.Locale;

/** What is fuzzed, and the inputs that are kept for it. */
enum FuzzTarget {
    XML(XmlFuzz.class, XmlFuzz::fuzzerTestOneInput),
    JID(JidFuzz.class, JidFuzz::fuzzerTestOneInput),
    SASL(SaslFuzz.class, SaslFuzz::fuzzerTestOneInput),
    STANZA(StanzaFuzz.class, StanzaFuzz::fuzzerTestOneInput),
    BASE64(Base64Fuzz.class, Base64Fuzz::fuzzerTestOneInput),
    DELTA(DeltaFuzz.class, DeltaFuzz::fuzzerTestOneInput),
    SIGNER(SignerFuzz.class, SignerFuzz::fuzzerTestOneInput);

    private static final Path KEPT = Path.of("src", "test", "resources", "fuzz");

    private final Class<?> entry;
    private final Input input;

    /** Takes one input; throws if it is not handled as it should be. */
    private interface Input {
        void tryOn(byte[] input) throws Exception;
    }

    FuzzTarget(Class<?> entry, Input input) {
        this.entry = entry;
        this.input = input;
    }

    Class<?> entry() {
        return entry;
    }

    void tryOn(byte[] bytes) throws Exception {
        input.tryOn(bytes);
    }

    /** The folder, relative to the module. */
    Path kept() {
        return KEPT.resolve(name().toLowerCase(Locale.ROOT));
    }
}

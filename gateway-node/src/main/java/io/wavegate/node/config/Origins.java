package io.wavegate.node.config;

import com.typesafe.config.ConfigOrigin;
import java.nio.file.Path;

/** Says where a configured value was written. */
final class Origins {

    private Origins() {}

    /** {@code file:line}, or as near as is known. */
    static String of(ConfigOrigin origin) {
        String file = origin.filename() == null
                ? origin.description()
                : String.valueOf(Path.of(origin.filename()).getFileName());
        return origin.lineNumber() > 0 ? file.replaceFirst(": \\d+$", "") + ":" + origin.lineNumber() : file;
    }
}

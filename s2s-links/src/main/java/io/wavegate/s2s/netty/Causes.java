package io.wavegate.s2s.netty;

import io.netty.handler.codec.DecoderException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What an exception means to an operator. */
final class Causes {
    /** How Netty's native transports begin: which call failed, and its number; what follows says the same in words. */
    private static final Pattern SYSTEM_CALL =
            Pattern.compile("^\\w+\\(\\.\\.\\) failed(?: with error\\(-?\\d+\\))?: ");

    private Causes() {}

    static boolean isTls(@Nullable Throwable cause) {
        return cause instanceof SSLException
                || (cause instanceof DecoderException && cause.getCause() instanceof SSLException);
    }

    static String text(@Nullable Throwable cause) {
        Throwable root = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        if (root == null) {
            return "unknown cause";
        }
        String message = root.getMessage();
        return message == null
                ? root.getClass().getSimpleName()
                : SYSTEM_CALL.matcher(message).replaceFirst("").replaceAll("\\p{Cntrl}", " ");
    }
}

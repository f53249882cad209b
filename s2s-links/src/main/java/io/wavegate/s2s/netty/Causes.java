package io.wavegate.s2s.netty;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.timeout.WriteTimeoutException;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamInput;
import io.wavegate.s2s.xml.StreamErrorCondition;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an exception means to an operator. */
final class Causes {
    /** How Netty's native transports begin: which call failed, and its number; what follows says the same in words. */
    private static final Pattern SYSTEM_CALL =
            Pattern.compile("^\\w+\\(\\.\\.\\) failed(?: with error\\(-?\\d+\\))?: ");

    private static final Logger LOG = LoggerFactory.getLogger(Causes.class);

    private Causes() {}

    static boolean isTls(@Nullable Throwable cause) {
        return cause instanceof SSLException
                || (cause instanceof DecoderException && cause.getCause() instanceof SSLException);
    }

    /** What an exception means to a stream. */
    static StreamInput input(Throwable cause, SocketAddress peer) {
        if (isTls(cause)) {
            return new StreamInput.TlsFailed(text(cause));
        } else if (isTimeout(cause)) {
            return new StreamInput.Close(new StreamEnd(
                    StreamEnd.Reason.UNRESPONSIVE,
                    peer + " took nothing of what was sent for the whole of wavegate.s2s.streams.write-timeout"));
        } else if (isOurs(cause)) {
            LOG.error("A fault of ours ends the stream with {}; please report it.", peer, cause);
            return new StreamInput.Close(new StreamEnd(
                    StreamEnd.Reason.INTERNAL_ERROR,
                    StreamErrorCondition.INTERNAL_SERVER_ERROR,
                    "a fault of this server"));
        }
        return new StreamInput.Disconnected(text(cause));
    }

    /** Ours for data that waits to be sent, or the system's for data that waits to be acknowledged (RFC 5482). */
    private static boolean isTimeout(Throwable cause) {
        return cause instanceof WriteTimeoutException
                || (cause instanceof IOException && text(cause).contains("Connection timed out"));
    }

    /** Whether it is neither the network's nor the peer's doing. */
    static boolean isOurs(Throwable cause) {
        return !(cause instanceof IOException
                || cause instanceof DecoderException
                || cause instanceof WriteTimeoutException);
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

package io.wavegate.s2s.check;

import io.wavegate.s2s.stream.AuthenticatedBy;
import io.wavegate.s2s.stream.StreamEnd;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What came of one connection.
 *
 * @param target to whom
 * @param connectMillis how long TCP took; empty if there was no connection
 * @param plain what was offered before TLS, if the stream got there
 * @param tls the handshake, if it succeeded
 * @param secured what was offered behind TLS, if the stream got there
 * @param saslFailure why EXTERNAL was refused, if it was
 * @param authenticated how we were authenticated, if we were
 * @param totalMillis from the first packet to the end of the probe
 * @param end why it ended; {@link StreamEnd.Reason#CLOSED_BY_US} when all was seen that was wanted
 */
public record ProbeFacts(
        ProbeTarget target,
        OptionalLong connectMillis,
        Optional<FeatureFacts> plain,
        Optional<TlsFacts> tls,
        Optional<FeatureFacts> secured,
        Optional<String> saslFailure,
        Optional<AuthenticatedBy> authenticated,
        long totalMillis,
        StreamEnd end) {

    /** Whether it came as far as it was meant to. */
    boolean isGood() {
        return end.reason() == StreamEnd.Reason.CLOSED_BY_US;
    }

    /** Of a connection that was never made. */
    public static ProbeFacts unconnected(ProbeTarget target, long millis, String why) {
        return new ProbeFacts(
                target,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                millis,
                new StreamEnd(StreamEnd.Reason.CONNECT_FAILED, why));
    }
}

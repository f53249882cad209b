package io.wavegate.s2s.wire;

import io.wavegate.s2s.vouch.Voucher;
import java.util.Optional;

/**
 * What carries the bytes of one stream: a socket, or what stands for one. It calls the stream's {@link StreamConnection} for
 * what comes and what happens; everything here and there happens on its loop, but for {@link #security}.
 */
public interface Carrier {
    ConnectionLoop loop();

    /** Puts bytes behind those put before, for the next flush. What fails is told as a failure of the connection. */
    void write(byte[] bytes);

    /** Puts bytes behind those put before, for the next flush. */
    void write(byte[] bytes, Written written);

    /** Lets go what was put. */
    void flush();

    /** Lets go what was put, and says what became of all that was put before. */
    void flush(Written written);

    /** Whether what was put finds its way: a peer that does not read our answers is not read from. */
    boolean isWritable();

    /** Whether to read from now on. Where nothing is read, TCP makes the other side wait. */
    void read(boolean wanted);

    /**
     * Secures the connection from the next byte on, without a deadline.
     *
     * @param unread what came already; it goes to TLS as it is, where XML is no handshake: spec 6.1.3
     */
    void startTls(Handshake handshake, byte[] unread);

    /** Who vouches for the domain, by the certificate that the peer showed; empty if it showed none. */
    Optional<Voucher> voucher(String domain);

    /** TLS version and cipher suite, or "plaintext", for an operator. */
    String security();

    /** Our direction ends; the other one goes on. */
    void endOutput();

    /** Closes the connection, by TLS's own word for it where there is TLS. */
    void close();

    /** Closes the connection whatever waits to be written. */
    void closeForcibly();
}

package io.wavegate.s2s.interop;

import io.wavegate.s2s.dns.DnsResolver;
import io.wavegate.s2s.lab.LabComponent;
import io.wavegate.s2s.tls.DomainCertificate;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;

/** DNS with all the cases of {@code ../shared/peers/dns.sh}, and a Prosody that answers where one is to answer. */
interface CasesLab extends AutoCloseable {
    /** We. */
    String US = "gw.example";

    /** Domains that the Prosody serves. */
    List<String> HOSTS = List.of(
            "srv-multi.example",
            "srv-zero-weight.example",
            "srv-port.example",
            "no-srv.example",
            "aaaa-only.example",
            "cname-target.example",
            "cname-srv.example",
            "direct-tls.example",
            "direct-only.example",
            "direct-dead.example",
            "dead-first.example",
            "blackhole-first.example",
            "big-srv.example",
            "disco.example",
            "guess.example",
            "nowave.example");

    /** Components that may connect to it. */
    List<String> COMPONENTS = List.of("fed.disco.example", "wave.guess.example", "wave.guess-only.example");

    DnsResolver resolver();

    X509Certificate anchor();

    DomainCertificate certificate();

    /** Where we have to listen. */
    String listen();

    /** Where we do. */
    void listening(int port) throws IOException;

    /** A Wave server behind the Prosody. */
    LabComponent component(String domain) throws IOException;

    /** For failure messages. */
    String log() throws IOException;

    @Override
    void close() throws IOException;
}

package io.wavegate.s2s.lab;

import io.wavegate.s2s.lab.PeerServer.Authentication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A Prosody for one domain, with a configuration of its own. Needs the packages prosody and lua-unbound. */
public final class Prosody {
    private Prosody() {}

    public static PeerServer start(PeerLab lab, String domain, Authentication authentication) throws IOException {
        return start(lab, domain, authentication, lab.certificate(domain));
    }

    /** With another certificate than a good one. */
    public static PeerServer start(
            PeerLab lab, String domain, Authentication authentication, LabCertificate certificate) throws IOException {
        return start(lab, domain, authentication, certificate, List.of());
    }

    /** With further modules of Prosody's, such as {@code s2s_bidi}. */
    public static PeerServer start(
            PeerLab lab, String domain, Authentication authentication, LabCertificate certificate, List<String> modules)
            throws IOException {
        int unused = PeerLab.freePort();
        return lab.started(start(lab, domain, authentication, certificate, modules, unused));
    }

    /** One that DNS knows for direct TLS (XEP-0368) alone. */
    public static PeerServer startForDirectTls(PeerLab lab, String domain, Authentication authentication)
            throws IOException {
        int directTlsPort = PeerLab.freePort();
        PeerServer prosody = start(lab, domain, authentication, lab.certificate(domain), List.of(), directTlsPort);
        return lab.startedForDirectTls(prosody, directTlsPort);
    }

    private static PeerServer start(
            PeerLab lab,
            String domain,
            Authentication authentication,
            LabCertificate certificate,
            List<String> modules,
            int directTlsPort)
            throws IOException {
        Path folder = lab.folderOf(domain);
        int port = PeerLab.freePort();
        int componentPort = PeerLab.freePort();
        certificate.writeChain(folder.resolve("host.crt"));
        certificate.writeKey(folder.resolve("host.key"));
        String configuration =
                configuration(lab, folder, domain, port, componentPort, directTlsPort, authentication, modules);
        return new LabServer(
                domain, port, componentPort, ProsodyProcess.start(folder, configuration, List.of(port, componentPort)));
    }

    private static String configuration(
            PeerLab lab,
            Path folder,
            String domain,
            int port,
            int componentPort,
            int directTlsPort,
            Authentication authentication,
            List<String> modules) {
        boolean external = authentication == Authentication.EXTERNAL;
        String further = modules.stream().map(name -> "; \"" + name + "\"").collect(Collectors.joining());
        return ProsodyProcess.common(lab, folder, "debug")
                + """
                modules_enabled = { "disco"; "roster"; "ping"; "saslauth"; "tls"; "s2s"; "stanza_debug"; %1$s }
                modules_disabled = { "c2s"; "offline"; "register"; "http"; "pep"; %2$s }
                interfaces = { "127.0.0.1" }
                s2s_ports = { %3$d }
                s2s_direct_tls_ports = { %4$d }
                component_ports = { %5$d }
                s2s_require_encryption = true
                s2s_secure_auth = %6$s
                VirtualHost "%7$s"
                    ssl = %8$s
                    s2s_direct_tls_ssl = %8$s
                Component "wave.%7$s"
                    component_secret = "%9$s"
                    modules_enabled = { "s2s"; "saslauth"; "tls"; %1$s }
                    ssl = %8$s
                    s2s_direct_tls_ssl = %8$s
                """
                        .formatted(
                                (external ? "\"s2s_auth_certs\"" : "\"dialback\"") + further,
                                external ? "\"dialback\"" : "\"s2s_auth_certs\"",
                                port,
                                directTlsPort,
                                componentPort,
                                external,
                                domain,
                                ProsodyProcess.tls(lab, folder, "host"),
                                LabComponent.SECRET);
    }
}

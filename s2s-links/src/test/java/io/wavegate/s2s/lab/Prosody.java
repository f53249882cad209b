package io.wavegate.s2s.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A Prosody for one domain, with a configuration of its own. Needs the packages prosody and lua-unbound. */
public final class Prosody implements PeerServer {
    private final String domain;
    private final int port;
    private final int componentPort;
    private final ServerProcess process;

    private Prosody(String domain, int port, int componentPort, ServerProcess process) {
        this.domain = domain;
        this.port = port;
        this.componentPort = componentPort;
        this.process = process;
    }

    public static Prosody start(PeerLab lab, String domain, Authentication authentication) throws IOException {
        return start(lab, domain, authentication, lab.certificate(domain));
    }

    /** With another certificate than a good one. */
    public static Prosody start(PeerLab lab, String domain, Authentication authentication, LabCertificate certificate)
            throws IOException {
        return start(lab, domain, authentication, certificate, List.of());
    }

    /** With further modules of Prosody's, such as {@code s2s_bidi}. */
    public static Prosody start(
            PeerLab lab, String domain, Authentication authentication, LabCertificate certificate, List<String> modules)
            throws IOException {
        int unused = PeerLab.freePort();
        return lab.started(start(lab, domain, authentication, certificate, modules, unused));
    }

    /** One that DNS knows for direct TLS (XEP-0368) alone. */
    public static Prosody startForDirectTls(PeerLab lab, String domain, Authentication authentication)
            throws IOException {
        int directTlsPort = PeerLab.freePort();
        Prosody prosody = start(lab, domain, authentication, lab.certificate(domain), List.of(), directTlsPort);
        return lab.startedForDirectTls(prosody, directTlsPort);
    }

    private static Prosody start(
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
        Files.createDirectories(folder.resolve("data"));
        Path configuration = folder.resolve("prosody.cfg.lua");
        Files.writeString(
                configuration,
                configuration(lab, folder, domain, port, componentPort, directTlsPort, authentication, modules));
        ServerProcess process = ServerProcess.start(
                folder,
                List.of("prosody", "-F", "--config", configuration.toString()),
                Map.of(),
                port,
                List.of(folder.resolve("stdout.log"), folder.resolve("prosody.log")));
        return new Prosody(domain, port, componentPort, process);
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
        return """
                data_path = "%1$s/data"
                pidfile = "%1$s/prosody.pid"
                admin_socket = "%1$s/prosody.sock"
                run_as_root = true
                daemonize = false
                admins = { }
                plugin_paths = { }
                network_backend = "epoll"
                log = { { levels = { min = "debug" }, to = "file", filename = "%1$s/prosody.log" } }
                modules_enabled = { "disco"; "roster"; "ping"; "saslauth"; "tls"; "s2s"; "stanza_debug"; %2$s }
                modules_disabled = { "c2s"; "offline"; "register"; "http"; "pep"; %3$s }
                authentication = "internal_plain"
                storage = "internal"
                interfaces = { "127.0.0.1" }
                s2s_ports = { %4$d }
                s2s_direct_tls_ports = { %11$d }
                component_ports = { %9$d }
                component_interfaces = { "127.0.0.1" }
                c2s_ports = { }
                http_ports = { }
                https_ports = { }
                s2s_require_encryption = true
                s2s_secure_auth = %5$s
                unbound = { resolvconf = false; hoststxt = false; forward = { "127.0.0.1@%6$d" };
                    options = { ["do-not-query-localhost:"] = "no"; ["module-config:"] = "iterator" } }
                VirtualHost "%7$s"
                    ssl = { certificate = "%1$s/host.crt"; key = "%1$s/host.key";
                        cafile = "%8$s"; capath = "/nonexistent" }
                    s2s_direct_tls_ssl = { certificate = "%1$s/host.crt"; key = "%1$s/host.key";
                        cafile = "%8$s"; capath = "/nonexistent" }
                Component "wave.%7$s"
                    component_secret = "%10$s"
                    modules_enabled = { "s2s"; "saslauth"; "tls"; %2$s }
                    ssl = { certificate = "%1$s/host.crt"; key = "%1$s/host.key";
                        cafile = "%8$s"; capath = "/nonexistent" }
                    s2s_direct_tls_ssl = { certificate = "%1$s/host.crt"; key = "%1$s/host.key";
                        cafile = "%8$s"; capath = "/nonexistent" }
                """
                .formatted(
                        folder,
                        (external ? "\"s2s_auth_certs\"" : "\"dialback\"") + further,
                        external ? "\"dialback\"" : "\"s2s_auth_certs\"",
                        port,
                        external,
                        lab.dns().address().getPort(),
                        domain,
                        lab.authorityFile(),
                        componentPort,
                        LabComponent.SECRET,
                        directTlsPort);
    }

    @Override
    public String domain() {
        return domain;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public int componentPort() {
        return componentPort;
    }

    @Override
    public String log() {
        return process.log();
    }

    @Override
    public void close() {
        process.close();
    }
}

package io.wavegate.s2s.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Prosody that answers for many domains, at several addresses and ports, with direct TLS too: one server for all the ways in
 * which DNS can lead somewhere. Authenticates by certificate alone.
 */
public final class CasesProsody implements AutoCloseable {
    private final int port;
    private final int otherPort;
    private final int directTlsPort;
    private final int componentPort;
    private final ServerProcess process;

    /**
     * @param addresses to listen on, 127.0.0.1 among them
     * @param hosts its domains
     * @param components that may connect
     */
    public CasesProsody(PeerLab lab, List<String> addresses, List<String> hosts, List<String> components)
            throws IOException {
        port = PeerLab.freePort();
        otherPort = PeerLab.freePort();
        directTlsPort = PeerLab.freePort();
        componentPort = PeerLab.freePort();
        Path folder = lab.folderOf("cases");
        String[] names = Stream.concat(hosts.stream(), components.stream()).toArray(String[]::new);
        LabCertificate certificate = LabCertificate.request("cases").dns(names).signedBy(lab.authority());
        certificate.writeChain(folder.resolve("host.crt"));
        certificate.writeKey(folder.resolve("host.key"));
        Files.createDirectories(folder.resolve("data"));
        Path configuration = folder.resolve("prosody.cfg.lua");
        Files.writeString(configuration, configuration(lab, folder, addresses, hosts, components));
        process = ServerProcess.start(
                folder,
                List.of("prosody", "-F", "--config", configuration.toString()),
                Map.of(),
                port,
                List.of(folder.resolve("stdout.log"), folder.resolve("prosody.log")));
    }

    private String configuration(
            PeerLab lab, Path folder, List<String> addresses, List<String> hosts, List<String> components) {
        StringBuilder text = new StringBuilder(
                """
                data_path = "%1$s/data"
                pidfile = "%1$s/prosody.pid"
                admin_socket = "%1$s/prosody.sock"
                run_as_root = true
                daemonize = false
                admins = { }
                plugin_paths = { }
                network_backend = "epoll"
                log = { { levels = { min = "debug" }, to = "file", filename = "%1$s/prosody.log" } }
                modules_enabled = { "disco"; "roster"; "ping"; "saslauth"; "tls"; "s2s"; "s2s_bidi"; "s2s_auth_certs" }
                modules_disabled = { "c2s"; "offline"; "register"; "http"; "pep"; "dialback" }
                authentication = "internal_plain"
                storage = "internal"
                interfaces = { %2$s }
                s2s_ports = { %3$d, %4$d }
                s2s_direct_tls_ports = { %5$d }
                component_ports = { %6$d }
                component_interfaces = { "127.0.0.1" }
                c2s_ports = { }
                http_ports = { }
                https_ports = { }
                s2s_require_encryption = true
                s2s_secure_auth = true
                unbound = { resolvconf = false; hoststxt = false; forward = { "127.0.0.1@%7$d" };
                    options = { ["do-not-query-localhost:"] = "no"; ["module-config:"] = "iterator" } }
                """
                        .formatted(
                                folder,
                                addresses.stream()
                                        .map(address -> '"' + address + '"')
                                        .collect(Collectors.joining(", ")),
                                port,
                                otherPort,
                                directTlsPort,
                                componentPort,
                                lab.dns().address().getPort()));
        String tls =
                """
                    ssl = %1$s
                    s2s_direct_tls_ssl = %1$s
                """
                        .formatted("{ certificate = \"" + folder + "/host.crt\"; key = \"" + folder
                                + "/host.key\"; cafile = \"" + lab.authorityFile()
                                + "\"; capath = \"/nonexistent\" }");
        hosts.forEach(host ->
                text.append("VirtualHost \"").append(host).append("\"\n").append(tls));
        for (String component : components) {
            text.append("Component \"").append(component).append("\"\n    component_secret = \"");
            text.append(LabComponent.SECRET).append("\"\n    modules_enabled = { \"s2s\"; \"saslauth\"; \"tls\"; ");
            text.append("\"s2s_bidi\"; \"s2s_auth_certs\" }\n").append(tls);
        }
        return text.toString();
    }

    /** With STARTTLS. */
    public int port() {
        return port;
    }

    /** With STARTTLS too. */
    public int otherPort() {
        return otherPort;
    }

    public int directTlsPort() {
        return directTlsPort;
    }

    public int componentPort() {
        return componentPort;
    }

    public String log() {
        return process.log();
    }

    @Override
    public void close() {
        process.close();
    }
}

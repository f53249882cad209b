package io.wavegate.s2s.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
        process = ProsodyProcess.start(
                folder,
                configuration(lab, folder, addresses, hosts, components),
                components.isEmpty() ? List.of(port) : List.of(port, componentPort));
    }

    private String configuration(
            PeerLab lab, Path folder, List<String> addresses, List<String> hosts, List<String> components) {
        StringBuilder text = new StringBuilder(ProsodyProcess.common(lab, folder, "debug"));
        text.append(
                """
                modules_enabled = { "disco"; "roster"; "ping"; "saslauth"; "tls"; "s2s"; "s2s_bidi"; "s2s_auth_certs" }
                modules_disabled = { "c2s"; "offline"; "register"; "http"; "pep"; "dialback" }
                interfaces = { %1$s }
                s2s_ports = { %2$d, %3$d }
                s2s_direct_tls_ports = { %4$d }
                component_ports = { %5$d }
                s2s_require_encryption = true
                s2s_secure_auth = true
                """
                        .formatted(ProsodyProcess.list(addresses), port, otherPort, directTlsPort, componentPort));
        String tls =
                """
                    ssl = %1$s
                    s2s_direct_tls_ssl = %1$s
                """
                        .formatted(ProsodyProcess.tls(lab, folder, "host"));
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

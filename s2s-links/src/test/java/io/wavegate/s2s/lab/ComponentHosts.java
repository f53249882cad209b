package io.wavegate.s2s.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Prosody or ejabberd whose domains are components of the test's, each with a certificate of its own. */
public final class ComponentHosts {
    private ComponentHosts() {}

    public static PeerServer prosody(PeerLab lab, ServerSetup setup) throws IOException {
        Path folder = lab.folderOf(setup.domain());
        int port = PeerLab.freePort();
        int componentPort = PeerLab.freePort();
        for (Map.Entry<String, LabCertificate> component : setup.components().entrySet()) {
            component.getValue().writeChain(folder.resolve(component.getKey() + ".crt"));
            component.getValue().writeKey(folder.resolve(component.getKey() + ".key"));
        }
        ServerProcess process = ProsodyProcess.start(
                folder, prosodyConfiguration(lab, folder, setup, port, componentPort), List.of(port, componentPort));
        return started(lab, setup, new LabServer(setup.domain(), port, componentPort, process));
    }

    private static PeerServer started(PeerLab lab, ServerSetup setup, PeerServer server) throws IOException {
        for (String component : setup.components().keySet()) {
            lab.publish(component, server.port());
        }
        return lab.started(server);
    }

    private static String prosodyConfiguration(
            PeerLab lab, Path folder, ServerSetup setup, int port, int componentPort) {
        List<String> on = new ArrayList<>(List.of("s2s"));
        List<String> off = new ArrayList<>(List.of("c2s", "offline", "register", "http", "pep"));
        (setup.tls() == ServerSetup.Tls.OFF ? off : on).add("tls");
        (setup.external() ? on : off).add("saslauth");
        (setup.external() ? on : off).add("s2s_auth_certs");
        (setup.dialback() ? on : off).add("dialback");
        StringBuilder text = new StringBuilder(ProsodyProcess.common(lab, folder, "info"));
        text.append(
                """
                modules_enabled = { %1$s }
                modules_disabled = { %2$s }
                interfaces = { "127.0.0.1" }
                s2s_ports = { %3$d }
                component_ports = { %4$d }
                s2s_timeout = 90
                s2s_require_encryption = %5$s
                s2s_secure_auth = %6$s
                VirtualHost "%7$s"
                """
                        .formatted(
                                ProsodyProcess.list(on),
                                ProsodyProcess.list(off),
                                port,
                                componentPort,
                                setup.tls() == ServerSetup.Tls.REQUIRED,
                                setup.demandsCertificate(),
                                setup.domain()));
        on.remove("s2s_auth_certs");
        for (String component : setup.components().keySet()) {
            text.append(
                    """
                    Component "%1$s"
                        component_secret = "%2$s"
                        modules_enabled = { %3$s }
                        ssl = %4$s
                    """
                            .formatted(
                                    component,
                                    LabComponent.SECRET,
                                    ProsodyProcess.list(on),
                                    ProsodyProcess.tls(lab, folder, component)));
        }
        return text.toString();
    }

    public static PeerServer ejabberd(PeerLab lab, ServerSetup setup) throws IOException {
        Path folder = lab.folderOf(setup.domain());
        int port = PeerLab.freePort();
        int componentPort = PeerLab.freePort();
        for (Map.Entry<String, LabCertificate> component : setup.components().entrySet()) {
            Path key = component.getValue().writeKey(folder.resolve(component.getKey() + ".key"));
            Path chain = component.getValue().writeChain(folder.resolve(component.getKey() + ".crt"));
            Files.writeString(
                    folder.resolve(component.getKey() + ".pem"), Files.readString(key) + Files.readString(chain));
        }
        LabCertificate.authority("Signs nothing here").writeChain(folder.resolve("nobody.crt"));
        Files.writeString(
                folder.resolve("ejabberd.yml"), ejabberdConfiguration(lab, folder, setup, port, componentPort));
        ServerProcess process = Ejabberd.process(lab, folder, List.of(port, componentPort));
        return started(lab, setup, new LabServer(setup.domain(), port, componentPort, process));
    }

    private static String ejabberdConfiguration(
            PeerLab lab, Path folder, ServerSetup setup, int port, int componentPort) {
        StringBuilder certificates = new StringBuilder();
        StringBuilder components = new StringBuilder();
        for (String component : setup.components().keySet()) {
            certificates.append("  - \"%s/%s.pem\"\n".formatted(folder, component));
            components.append("      \"%s\":\n        password: \"%s\"\n".formatted(component, LabComponent.SECRET));
        }
        String starttls =
                switch (setup.tls()) {
                    case REQUIRED -> "required";
                    case OPTIONAL -> "optional";
                    case OFF -> "false";
                };
        return """
                hosts:
                  - "%1$s"
                loglevel: info
                ca_file: "%2$s"
                certfiles:
                %3$s
                s2s_use_starttls: %4$s
                s2s_max_retry_delay: 1
                s2s_dns_timeout: 5
                outgoing_s2s_families: [ipv4]
                negotiation_timeout: 20
                listen:
                  - port: %5$d
                    ip: "127.0.0.1"
                    module: ejabberd_s2s_in
                  - port: %6$d
                    ip: "127.0.0.1"
                    module: ejabberd_service
                    global_routes: false
                    hosts:
                %7$s
                auth_method: internal
                access_rules:
                  local: {allow: all}
                modules:
                  mod_disco: {}
                %8$s
                """
                .formatted(
                        setup.domain(),
                        setup.external() ? lab.authorityFile() : folder.resolve("nobody.crt"),
                        certificates,
                        starttls,
                        port,
                        componentPort,
                        components,
                        setup.dialback() ? "  mod_s2s_dialback: {}" : "");
    }
}

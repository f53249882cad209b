package io.wavegate.s2s.lab;

import io.wavegate.s2s.lab.PeerServer.Authentication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An ejabberd for one domain, with a configuration of its own. Needs the package ejabberd; runs under any user, as an Erlang
 * node without distribution.
 */
public final class Ejabberd {
    private static final Pattern LIBRARIES = Pattern.compile("^ERL_LIBS='?([^'\\n]*)'?$", Pattern.MULTILINE);

    private Ejabberd() {}

    public static PeerServer start(PeerLab lab, String domain, Authentication authentication) throws IOException {
        return start(lab, domain, authentication, lab.certificate(domain));
    }

    /** With another certificate than a good one. */
    public static PeerServer start(
            PeerLab lab, String domain, Authentication authentication, LabCertificate certificate) throws IOException {
        int unused = PeerLab.freePort();
        return lab.started(start(lab, domain, authentication, certificate, unused));
    }

    /** One that DNS knows for direct TLS (XEP-0368) alone. */
    public static PeerServer startForDirectTls(PeerLab lab, String domain, Authentication authentication)
            throws IOException {
        int directTlsPort = PeerLab.freePort();
        PeerServer ejabberd = start(lab, domain, authentication, lab.certificate(domain), directTlsPort);
        return lab.startedForDirectTls(ejabberd, directTlsPort);
    }

    private static PeerServer start(
            PeerLab lab, String domain, Authentication authentication, LabCertificate certificate, int directTlsPort)
            throws IOException {
        Path folder = lab.folderOf(domain);
        int port = PeerLab.freePort();
        int componentPort = PeerLab.freePort();
        certificate.writeKey(folder.resolve("host.key"));
        certificate.writeChain(folder.resolve("host.crt"));
        Files.writeString(
                folder.resolve("host.pem"),
                Files.readString(folder.resolve("host.key")) + Files.readString(folder.resolve("host.crt")));
        LabCertificate.authority("Signs nothing here").writeChain(folder.resolve("nobody.crt"));
        Files.writeString(
                folder.resolve("ejabberd.yml"),
                configuration(lab, folder, domain, port, componentPort, directTlsPort, authentication));
        ServerProcess process = process(lab, folder, List.of(port, componentPort));
        return new LabServer(domain, port, componentPort, process);
    }

    /** The process over an {@code ejabberd.yml} that lies in the folder. */
    static ServerProcess process(PeerLab lab, Path folder, List<Integer> ports) throws IOException {
        Files.writeString(
                folder.resolve("inetrc"),
                """
                {resolv_conf,""}.
                {lookup,[dns]}.
                {nameserver,{127,0,0,1},%d}.
                """
                        .formatted(lab.dns().address().getPort()));
        Files.createDirectories(folder.resolve("db"));
        return ServerProcess.start(
                folder,
                List.of(
                        "erl",
                        "-noinput",
                        "-noshell",
                        "-start_epmd",
                        "false",
                        "-mnesia",
                        "dir",
                        "\"" + folder.resolve("db") + "\"",
                        "-s",
                        "ejabberd"),
                environment(folder),
                ports,
                List.of(folder.resolve("stdout.log"), folder.resolve("ejabberd.log")));
    }

    private static Map<String, String> environment(Path folder) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("EJABBERD_CONFIG_PATH", folder.resolve("ejabberd.yml").toString());
        environment.put("EJABBERD_LOG_PATH", folder.resolve("ejabberd.log").toString());
        environment.put("ERL_INETRC", folder.resolve("inetrc").toString());
        environment.put("ERL_CRASH_DUMP_BYTES", "0");
        environment.put("HOME", folder.toString());
        libraries().ifPresent(path -> environment.put("ERL_LIBS", path));
        return environment;
    }

    /** Where the package keeps the application; its start script knows. */
    private static Optional<String> libraries() throws IOException {
        Optional<Path> script = Peers.find("ejabberdctl");
        if (script.isEmpty()) {
            return Optional.empty();
        }
        Matcher line = LIBRARIES.matcher(Files.readString(script.get()));
        return line.find() ? Optional.of(line.group(1)) : Optional.empty();
    }

    private static String configuration(
            PeerLab lab,
            Path folder,
            String domain,
            int port,
            int componentPort,
            int directTlsPort,
            Authentication authentication) {
        boolean external = authentication == Authentication.EXTERNAL;
        return """
                hosts:
                  - "%1$s"
                loglevel: debug
                hide_sensitive_log_data: false
                ca_file: "%2$s"
                certfiles:
                  - "%3$s/host.pem"
                s2s_use_starttls: required
                s2s_max_retry_delay: 1
                s2s_dns_timeout: 5
                outgoing_s2s_families: [ipv4]
                listen:
                  - port: %4$d
                    ip: "127.0.0.1"
                    module: ejabberd_s2s_in
                    max_stanza_size: 524288
                  - port: %8$d
                    ip: "127.0.0.1"
                    module: ejabberd_s2s_in
                    tls: true
                    max_stanza_size: 524288
                  - port: %6$d
                    ip: "127.0.0.1"
                    module: ejabberd_service
                    global_routes: false
                    hosts:
                      "wave.%1$s":
                        password: "%7$s"
                auth_method: internal
                access_rules:
                  local: {allow: all}
                modules:
                  mod_disco: {}
                  mod_ping: {}
                  mod_roster: {}
                %5$s
                """
                .formatted(
                        domain,
                        external ? lab.authorityFile() : folder.resolve("nobody.crt"),
                        folder,
                        port,
                        external ? "" : "  mod_s2s_dialback: {}",
                        componentPort,
                        LabComponent.SECRET,
                        directTlsPort);
    }
}

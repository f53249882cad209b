package io.wavegate.s2s.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What all Prosodys of the lab have in common, whatever their hosts. */
final class ProsodyProcess {
    private ProsodyProcess() {}

    /** The beginning of a configuration: everything in its folder, names from the lab's DNS, nothing for clients. */
    static String common(PeerLab lab, Path folder, String logLevel) {
        return """
                data_path = "%1$s/data"
                pidfile = "%1$s/prosody.pid"
                admin_socket = "%1$s/prosody.sock"
                run_as_root = true
                daemonize = false
                admins = { }
                plugin_paths = { }
                network_backend = "epoll"
                log = { { levels = { min = "%2$s" }, to = "file", filename = "%1$s/prosody.log" } }
                authentication = "internal_plain"
                storage = "internal"
                component_interfaces = { "127.0.0.1" }
                c2s_ports = { }
                http_ports = { }
                https_ports = { }
                unbound = { resolvconf = false; hoststxt = false; forward = { "127.0.0.1@%3$d" };
                    options = { ["do-not-query-localhost:"] = "no"; ["module-config:"] = "iterator" } }
                """
                .formatted(folder, logLevel, lab.dns().address().getPort());
    }

    /** Modules, as a configuration lists them. */
    static String list(List<String> names) {
        return "\"" + String.join("\"; \"", names) + "\"";
    }

    /** The TLS settings of a host whose certificate and key have this name in the folder. */
    static String tls(PeerLab lab, Path folder, String name) {
        return "{ certificate = \"%1$s/%2$s.crt\"; key = \"%1$s/%2$s.key\"; cafile = \"%3$s\"; capath = \"/nonexistent\" }"
                .formatted(folder, name, lab.authorityFile());
    }

    static ServerProcess start(Path folder, String configuration, List<Integer> ports) throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Path file = folder.resolve("prosody.cfg.lua");
        Files.writeString(file, configuration);
        return ServerProcess.start(
                folder,
                List.of("prosody", "-F", "--config", file.toString()),
                Map.of(),
                ports,
                List.of(folder.resolve("stdout.log"), folder.resolve("prosody.log")));
    }
}

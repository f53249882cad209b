package io.wavegate.load.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Two real servers of the peer lab ({@code ../shared/peers}), by its own scripts. */
public final class RelayLab implements RelayServers {
    private final Path scripts;
    private final Path folder;
    private final String kind;
    private final List<String> names;
    private final String net;
    private final List<Long> pids = new ArrayList<>();

    private RelayLab(Path scripts, Path folder, String kind, List<String> names) {
        this.scripts = scripts;
        this.folder = folder;
        this.kind = kind;
        this.names = names;
        // Networks of loopback that other labs on this machine do not use.
        this.net = kind.equals("prosody") ? "127.0.9" : "127.0.10";
    }

    /** Whether scripts and the program are there. */
    public static boolean isThere(Path shared, String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        boolean installed = Stream.of(path.split(":", -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place).resolve(program)));
        return installed && Files.isExecutable(shared.resolve("peers/dns.sh"));
    }

    /**
     * Starts two of a kind.
     *
     * @param kind {@code prosody} or {@code ejabberd}
     */
    public static RelayLab start(Path shared, Path folder, String kind) throws IOException, InterruptedException {
        List<String> names = kind.equals("prosody") ? List.of("alpha", "gamma") : List.of("beta", "delta");
        RelayLab lab = new RelayLab(shared.resolve("peers"), folder, kind, names);
        lab.run("ca.sh", "all");
        lab.run("dns.sh", "start");
        for (String name : names) {
            lab.run(kind + ".sh", "start", name, "--auth", "external");
            lab.pids.add(Long.parseLong(lab.run(kind + ".sh", "pid", name).strip()));
        }
        return lab;
    }

    private String run(String script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(scripts.resolve(script).toString(), "-w", folder.toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "script", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("PEERS_NET", net);
        int code = builder.start().waitFor();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + text);
        }
        return text;
    }

    @Override
    public String manyDomains(int count) throws IOException, InterruptedException {
        run("prosody.sh", "start", "many", "--auth", "external", "--hosts", String.valueOf(count));
        return "many.example";
    }

    @Override
    public String name() {
        return kind.equals("prosody") ? "Prosody" : "ejabberd";
    }

    @Override
    public long pid(int which) {
        return pids.get(which);
    }

    @Override
    public String component(int which) {
        return "wave." + names.get(which) + ".example";
    }

    @Override
    public InetSocketAddress componentAddress(int which) {
        int host =
                switch (names.get(which)) {
                    case "alpha" -> 1;
                    case "beta" -> 2;
                    case "gamma" -> 3;
                    default -> 4;
                };
        return new InetSocketAddress(net + "." + host, 5347);
    }

    @Override
    public String secret() {
        return "s3cr3t";
    }

    @Override
    public void close() throws IOException {
        try {
            run("prosody.sh", "stop-all");
            run("ejabberd.sh", "stop-all");
            run("dns.sh", "stop");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

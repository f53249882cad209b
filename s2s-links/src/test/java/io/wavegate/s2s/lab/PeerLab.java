package io.wavegate.s2s.lab;

import com.typesafe.config.ConfigFactory;
import io.wavegate.s2s.dns.DnsResolver;
import io.wavegate.s2s.resolve.ResolveSettings;
import io.wavegate.s2s.tls.DomainCertificate;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.xbill.DNS.Type;

/**
 * A small world on 127.0.0.1: a DNS server, an authority, and real XMPP servers with private folders and ports. SRV records
 * lead to the name {@code localhost}: ejabberd asks Erlang's resolver for SRV, which can be pointed at our DNS, but libc for
 * addresses, which can not, short of a mount namespace and root.
 */
public final class PeerLab implements AutoCloseable {
    private static final int LOWEST_PORT = 12_000;
    private static final int HIGHEST_PORT = 32_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final LabDns dns;
    private final LabCertificate authority = LabCertificate.authority("Lab authority");
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final List<PeerServer> servers = new CopyOnWriteArrayList<>();

    public PeerLab(Path folder) throws IOException {
        this.folder = folder;
        this.dns = LabDns.onLoopback().add("localhost", Type.A, "127.0.0.1");
        authority.writeChain(authorityFile());
    }

    public LabDns dns() {
        return dns;
    }

    public LabCertificate authority() {
        return authority;
    }

    public Path authorityFile() {
        return folder.resolve("authority.crt");
    }

    /** A good certificate for the domain and everything one label below it. */
    public LabCertificate certificate(String domain) {
        return LabCertificate.request(domain)
                .dns(domain, "*." + domain)
                .srv("_xmpp-server." + domain)
                .signedBy(authority);
    }

    public DomainCertificate ours(String domain) {
        LabCertificate certificate = certificate(domain);
        return new DomainCertificate(certificate.chain(), certificate.key());
    }

    /** Tells everybody that the domain's server is on this port of 127.0.0.1. */
    public void publish(String domain, int port) throws IOException {
        dns.add("_xmpp-server._tcp." + domain, Type.SRV, "0 0 " + port + " localhost.");
    }

    /** From now on nobody who does not know it yet finds the domain's server. */
    public void hide(String domain) throws IOException {
        dns.fail("_xmpp-server._tcp." + domain).fail("_xmpps-server._tcp." + domain);
    }

    /** The gateway's own resolver over the lab's DNS. */
    public DnsResolver resolver() {
        return resolver("");
    }

    /** Tells everybody that the domain's server speaks TLS from the first byte (XEP-0368) on this port of 127.0.0.1. */
    public void publishDirectTls(String domain, int port) throws IOException {
        dns.add("_xmpps-server._tcp." + domain, Type.SRV, "0 0 " + port + " localhost.");
    }

    /** The gateway's own resolver, with these settings; see {@link #resolveSettings}. */
    public DnsResolver resolver(String overrides) {
        return DnsResolver.over(resolveSettings(overrides), executor, Clock.systemUTC());
    }

    /** @param overrides keys of {@code wavegate.s2s.resolve}, one per line */
    public ResolveSettings resolveSettings(String overrides) {
        String lab = "servers = [\"127.0.0.1:" + dns.address().getPort() + "\"]\nallow-private-addresses = on\n";
        return ResolveSettings.from(ConfigFactory.parseString(overrides)
                .withFallback(ConfigFactory.parseString(lab))
                .withFallback(ConfigFactory.load().getConfig("wavegate.s2s.resolve")));
    }

    /**
     * A port that nothing listens on. Below those that the kernel gives to outgoing connections, which would take it before
     * the server does; at random, since other JVMs of the tests look for theirs.
     */
    public static int freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                // A server takes several before it listens on any.
                if (GIVEN.add(socket.getLocalPort())) {
                    return port;
                }
            } catch (BindException taken) {
                continue;
            }
        }
    }

    /** A folder of its own for a server. */
    public Path folderOf(String domain) throws IOException {
        return Files.createDirectories(folder.resolve(domain));
    }

    /** A server that DNS knows for direct TLS alone. */
    PeerServer startedForDirectTls(PeerServer server, int directTlsPort) throws IOException {
        servers.add(server);
        publishDirectTls(server.domain(), directTlsPort);
        publishDirectTls("wave." + server.domain(), directTlsPort);
        return server;
    }

    PeerServer started(PeerServer server) throws IOException {
        servers.add(server);
        publish(server.domain(), server.port());
        publish("wave." + server.domain(), server.port());
        return server;
    }

    @Override
    public void close() throws IOException {
        servers.forEach(PeerServer::close);
        executor.shutdownNow();
        dns.close();
    }
}

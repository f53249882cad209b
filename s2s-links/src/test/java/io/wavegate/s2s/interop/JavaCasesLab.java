package io.wavegate.s2s.interop;

import io.wavegate.s2s.dns.DnsResolver;
import io.wavegate.s2s.lab.Blackhole;
import io.wavegate.s2s.lab.CasesProsody;
import io.wavegate.s2s.lab.LabComponent;
import io.wavegate.s2s.lab.LabDns;
import io.wavegate.s2s.lab.PeerLab;
import io.wavegate.s2s.tls.DomainCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Type;

/** The cases in the project's own lab, which runs wherever Prosody is installed. */
final class JavaCasesLab implements CasesLab {
    private static final String STARTTLS = "_xmpp-server._tcp.";
    private static final String DIRECT_TLS = "_xmpps-server._tcp.";
    private final PeerLab lab;
    private final CasesProsody prosody;
    private final Blackhole hole;

    JavaCasesLab(Path folder) throws IOException {
        lab = new PeerLab(folder);
        List<String> addresses =
                new ArrayList<>(List.of("127.0.0.1", "127.0.0.81", "127.0.0.82", "127.0.0.83", "127.0.0.84"));
        if (Files.exists(Path.of("/proc/net/if_inet6"))) {
            addresses.add("::1");
        }
        prosody = new CasesProsody(lab, addresses, HOSTS, COMPONENTS);
        hole = new Blackhole(new InetSocketAddress("127.0.0.98", prosody.port()));
        hosts();
        servers();
        services();
    }

    private void hosts() throws IOException {
        LabDns dns = lab.dns();
        dns.add("cases.example", Type.A, "127.0.0.1")
                .add("v6.cases.example", Type.AAAA, "::1")
                .add("t1.cases.example", Type.A, "127.0.0.81")
                .add("t2.cases.example", Type.A, "127.0.0.82")
                .add("t3.cases.example", Type.A, "127.0.0.83")
                .add("backup.cases.example", Type.A, "127.0.0.84")
                .add("dead.cases.example", Type.A, "127.0.0.99")
                .add("hole.cases.example", Type.A, "127.0.0.98")
                .add("alias.cases.example", Type.CNAME, "cases.example.")
                .add("alias2.cases.example", Type.CNAME, "alias.cases.example.");
        for (String domain : List.of("srv-dot.example", "servfail.example", "timeout.example", "refused.example")) {
            dns.add(domain, Type.A, "127.0.0.1");
        }
        dns.add("srv-port.example", Type.A, "127.0.0.99");
        for (String owner : List.of(STARTTLS, DIRECT_TLS)) {
            dns.fail(owner + "servfail.example")
                    .silence(owner + "timeout.example")
                    .refuse(owner + "refused.example");
        }
        // Without SRV it is port 5269, which the lab does not have; so nobody answers there, or refuses.
        dns.add("no-srv.example", Type.A, "127.0.0.99");
    }

    private void servers() throws IOException {
        int port = prosody.port();
        int other = prosody.otherPort();
        int direct = prosody.directTlsPort();
        srv("srv-multi", "10 60 " + port + " t1.cases", "10 30 " + port + " t2.cases", "10 10 " + port + " t3.cases");
        srv("srv-multi", "20 0 " + port + " backup.cases");
        srv("srv-zero-weight", "10 0 " + port + " t1.cases", "10 100 " + port + " t2.cases");
        lab.dns().add(STARTTLS + "srv-dot.example", Type.SRV, "0 0 0 .");
        srv("srv-port", "0 0 " + other + " cases");
        srv("aaaa-only", "0 0 " + other + " v6.cases");
        srv("cname-target", "0 0 " + port + " alias2.cases");
        lab.dns().add(STARTTLS + "cname-srv.example", Type.CNAME, STARTTLS + "srv-port.example.");
        directSrv("direct-tls", "0 0 " + direct + " cases");
        srv("direct-tls", "5 0 " + port + " cases");
        directSrv("direct-only", "0 0 " + direct + " cases");
        directSrv("direct-dead", "0 0 " + direct + " dead.cases");
        srv("direct-dead", "5 0 " + port + " cases");
        srv("dead-first", "0 0 " + port + " dead.cases", "10 0 " + port + " cases");
        srv("blackhole-first", "0 0 " + port + " hole.cases", "10 0 " + port + " cases");
        srv("all-dead", "0 0 " + port + " dead.cases", "10 0 " + other + " dead.cases");
        srv("srv-nx", "0 0 " + port + " nowhere.cases");
        for (int i = 1; i <= 80; i++) {
            srv("big-srv", i + " 0 " + port + " a-long-target-name-number-" + i + ".cases");
            lab.dns().add("a-long-target-name-number-" + i + ".cases.example", Type.A, "127.0.0.1");
        }
    }

    private void services() throws IOException {
        int port = prosody.port();
        int other = prosody.otherPort();
        srv("disco", "0 0 " + port + " cases");
        srv("fed.disco", "0 0 " + other + " cases");
        srv("guess", "0 0 " + port + " cases");
        srv("wave.guess", "0 0 " + other + " cases");
        srv("nowave", "0 0 " + port + " cases");
        srv("wave.guess-only", "0 0 " + port + " cases");
    }

    private void srv(String domain, String... records) throws IOException {
        for (String record : records) {
            lab.dns().add(STARTTLS + domain + ".example", Type.SRV, record + ".example.");
        }
    }

    private void directSrv(String domain, String record) throws IOException {
        lab.dns().add(DIRECT_TLS + domain + ".example", Type.SRV, record + ".example.");
    }

    @Override
    public DnsResolver resolver() {
        return lab.resolver("timeout = 300ms");
    }

    @Override
    public X509Certificate anchor() {
        return lab.authority().leaf();
    }

    @Override
    public DomainCertificate certificate() {
        return lab.ours(US);
    }

    @Override
    public String listen() {
        return "127.0.0.1:0";
    }

    @Override
    public void listening(int port) throws IOException {
        lab.publish(US, port);
        lab.publish("wave." + US, port);
    }

    @Override
    public LabComponent component(String domain) throws IOException {
        return LabComponent.connect(domain, prosody.componentPort(), LabComponent.SECRET);
    }

    @Override
    public String log() {
        return prosody.log();
    }

    @Override
    public void close() throws IOException {
        prosody.close();
        hole.close();
        lab.close();
    }
}

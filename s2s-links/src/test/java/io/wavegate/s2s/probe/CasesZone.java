package io.wavegate.s2s.probe;

import io.wavegate.s2s.lab.LabDns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.xbill.DNS.Type;

/** The zone of the DNS cases, below {@code example}. */
final class CasesZone {
    private static final int MANY = 80;

    private CasesZone() {}

    static LabDns serve() throws IOException {
        LabDns dns = LabDns.onLoopback();
        try (InputStream zone = CasesZone.class.getResourceAsStream("/check/cases.zone")) {
            for (String line : new String(zone.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isBlank() && !line.startsWith(";")) {
                    String[] parts = line.split(" ", 3);
                    dns.add(parts[0] + ".example", Type.value(parts[1]), below(parts[1], parts[2]));
                }
            }
        }
        for (int n = 1; n <= MANY; n++) {
            String target = "a-long-target-name-number-" + n + ".cases.example";
            dns.add("_xmpp-server._tcp.big-srv.example", Type.SRV, n + " 0 5269 " + target);
            dns.add(target, Type.A, "127.0.2.8");
        }
        for (String type : new String[] {"_xmpp-server._tcp.", "_xmpps-server._tcp."}) {
            dns.fail(type + "servfail.example");
            dns.silence(type + "timeout.example");
            dns.refuse(type + "refused.example");
        }
        return dns;
    }

    private static String below(String type, String value) {
        boolean named = type.equals("CNAME") || (type.equals("SRV") && !value.endsWith(" ."));
        return named ? value + ".example" : value;
    }
}

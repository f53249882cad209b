package io.wavegate.load.report;

import io.wavegate.wavelet.trust.RsaSignatures;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where and with what the figures were made. */
final class Machine {
    private Machine() {}

    static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("time", Instant.now().toString());
        facts.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        facts.put(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        facts.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        facts.put("heap", (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
        facts.put("RSA", RsaSignatures.provider());
        return facts;
    }

    /** How many threads have wanted a processor, over the last minute; of everything that runs on the machine. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}

package io.wavegate.load.chaos.net;

import java.util.List;

/**
 * A place where one process of the laboratory runs.
 *
 * @param name short, unique in the network
 * @param address IPv4 address that it listens on, and that its connections come from
 * @param launcher what comes before its command line; it replaces itself by the command, so that the process id is the command's
 */
public record LabHost(String name, String address, List<String> launcher) {
    public LabHost {
        launcher = List.copyOf(launcher);
    }
}

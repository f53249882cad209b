package io.wavegate.node;

import io.wavegate.node.cli.WavegateCommand;

/** The program. */
public final class Main {
    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        // Read by JSSE when it is first used; a peer that renegotiates costs CPU and gains nothing (RFC 9325).
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        System.exit(WavegateCommand.run(arguments));
    }
}

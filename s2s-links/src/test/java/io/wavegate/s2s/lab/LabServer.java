package io.wavegate.s2s.lab;

import java.io.IOException;

/** A server of the lab that runs. */
record LabServer(String domain, int port, int componentPort, ServerProcess process) implements PeerServer {
    @Override
    public String log() {
        return process.log();
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void startAgain() throws IOException {
        process.startAgain();
    }

    @Override
    public void close() {
        process.close();
    }
}

package io.wavegate.s2s.lab;

/** A server of the lab that runs. */
record LabServer(String domain, int port, int componentPort, ServerProcess process) implements PeerServer {
    @Override
    public String log() {
        return process.log();
    }

    @Override
    public void close() {
        process.close();
    }
}

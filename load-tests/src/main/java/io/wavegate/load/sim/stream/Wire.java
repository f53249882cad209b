package io.wavegate.load.sim.stream;

/** A TCP connection: two ends, and what passes each way. */
final class Wire {
    private final SimSocket dialled;
    private final SimSocket accepted;
    private boolean silent;

    Wire(ByteNetwork network, SimSocket.Place from, SimSocket.Place to, StreamJudge judge) {
        SentAndTold there = new SentAndTold(judge, from.domain() + " to " + to.domain());
        SentAndTold back = new SentAndTold(judge, to.domain() + " to " + from.domain() + " on the way back");
        dialled = new SimSocket(network, this, from, there, back);
        accepted = new SimSocket(network, this, to, back, there);
        dialled.connect(accepted);
        accepted.connect(dialled);
    }

    SimSocket dialled() {
        return dialled;
    }

    SimSocket accepted() {
        return accepted;
    }

    /** From now on nothing passes, and no end is told. */
    void fallSilent() {
        silent = true;
    }

    boolean isSilent() {
        return silent;
    }

    /** Reset in the middle: each end hears of it in its own time. */
    void breakApart() {
        dialled.cutShort();
        accepted.cutShort();
        silent = true;
        dialled.resetSoon("connection reset by peer");
        accepted.resetSoon("connection reset by peer");
    }
}

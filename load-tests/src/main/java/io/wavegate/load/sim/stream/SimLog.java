package io.wavegate.load.sim.stream;

import io.wavegate.s2s.stream.AuthenticatedBy;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.wire.StreamLog;

/**
 * Lines of the trace about one stream.
 *
 * @param node whose
 * @param what opened by whom
 */
record SimLog(SimSocket.Place node, String what) implements StreamLog {
    @Override
    public void ready(DomainPair pair, AuthenticatedBy method, String security) {
        line("ready for " + pair + " by " + method);
    }

    @Override
    public void refused(String text) {
        line("not authenticated: " + text);
    }

    @Override
    public void ended(StreamEnd end) {
        line("ended: " + end.label() + ": " + end.text());
    }

    private void line(String text) {
        node.loop().line(node.domain() + ": stream " + what + " " + text);
    }
}

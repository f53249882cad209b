package io.wavegate.node.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.node.client.WavegateClient;
import io.wavegate.node.fake.FakeGateway;
import io.wavegate.node.fake.FakeWavelets;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayTest {

    @Test
    void theRecordingOfOurOwnIsTypedToItsEnd() throws Exception {
        try (InputStream in = ReplayTest.class.getResourceAsStream(DefaultTrace.RESOURCE)) {
            Trace trace = TraceReader.read(in, "resource");
            assertThat(trace.people()).isEqualTo(2);
            ReplayReport report = replay(trace);
            assertThat(report.lines()).allSatisfy(line -> assertThat(line).doesNotContain("NOT"));
            assertThat(report.isRight()).isTrue();
        }
    }

    @Test
    void aSequentialTraceIsTypedByOneAndFollowedByTheOther() throws Exception {
        Trace trace = new Trace(
                "start\n",
                "Restart!\n",
                1,
                List.of(
                        new Trace.Transaction(0, 0, List.of(new Trace.Patch(5, 0, "!"))),
                        new Trace.Transaction(0, 0, List.of(new Trace.Patch(0, 0, "R"), new Trace.Patch(1, 0, "e")))));
        assertThat(replay(trace).isRight()).isTrue();
    }

    @Test
    void oneByOneEachEditIsADeltaOfItsOwn() throws Exception {
        Trace trace = new Trace(
                "",
                "abc",
                1,
                List.of(
                        new Trace.Transaction(0, 0, List.of(new Trace.Patch(0, 0, "ax"))),
                        new Trace.Transaction(0, 0, List.of(new Trace.Patch(1, 1, ""))),
                        new Trace.Transaction(0, 0, List.of(new Trace.Patch(1, 0, "b"))),
                        new Trace.Transaction(0, 0, List.of(new Trace.Patch(2, 0, "c")))));
        ReplayReport report = replay(trace, Pace.ONE_BY_ONE);
        assertThat(report.isRight()).isTrue();
        assertThat(report.deltas()).isEqualTo(4);

        ReplayReport beginning = replay(trace.first(2), Pace.ONE_BY_ONE);
        assertThat(beginning.isRight()).isTrue();
        assertThat(beginning.host().text()).isEqualTo("a");
    }

    private static ReplayReport replay(Trace trace) throws Exception {
        return replay(trace, Pace.COMPOSED);
    }

    private static ReplayReport replay(Trace trace, Pace pace) throws Exception {
        FakeWavelets wavelets = new FakeWavelets();
        try (FakeGateway gateway = new FakeGateway(wavelets);
                WavegateClient host = gateway.client("alice@a.test");
                WavegateClient guest = gateway.client("bob@b.test")) {
            return new Replay(trace, pace, host, guest, () -> GatewayCpu.NONE).run(typed -> {});
        }
    }
}

package io.wavegate.load.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.node.json.DeltaJson;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.DocOpComponent.Retain;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A peer that is away for a while, and what the people on both sides can do meanwhile. */
final class UnreachablePeerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Lab lab;
    private GatewayProcess a;
    private GatewayProcess b;
    private Wire toA;
    private Wire toB;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        lab = new Lab(folder);
        a = lab.gateway("a.test");
        b = lab.gateway("b.test");
        toA = new Wire(a.streamPort());
        toB = new Wire(b.streamPort());
        lab.pin("a.test", toA.port()).pin("b.test", toB.port());
        a.start();
        b.start();
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
        toA.close();
        toB.close();
    }

    @Test
    void bothSidesEditWhileTheNetworkBetweenThemIsCutAndMeetAgainAfterwards() throws Exception {
        SharedWavelet shared = SharedWavelet.between(a, b);
        Typing alice = Typing.begin(a.client("alice"), shared.name(), "alice");
        Typing bob = Typing.begin(b.client("bob"), shared.name(), "bob");
        await().atMost(PATIENCE).until(() -> alice.count() >= 10 && bob.count() >= 10);

        toA.cut();
        toB.cut();
        RawApi.Reply told = shared.replica().submit(shared.name(), edit(shared, "[told]"));
        assertThat(told.status()).as(told.toString()).isEqualTo(504);
        assertThat(told.reason()).isEqualTo("HOST_UNREACHABLE");
        assertThat(told.detail()).contains("a.test").contains("again");
        int bobs = bob.count();
        int alices = alice.count() + 50;
        await().atMost(PATIENCE).until(() -> alice.count() >= alices);
        // At most what was answered before the cut and counted after it.
        assertThat(bob.count()).isLessThanOrEqualTo(bobs + 1);
        assertThat(shared.replica().text(shared.name(), Typing.DOCUMENT)).contains("[alice0]");

        toA.mend();
        toB.mend();
        int bobGoesOn = bobs + 10;
        await().atMost(PATIENCE).until(() -> bob.count() >= bobGoesOn);
        alice.finish();
        bob.finish();
        shared.assertNothingLost(List.of(alice, bob));
    }

    @Test
    void hostGoesOnWhileAPeerHangsAndThePeerCatchesUpWhenItWakes() throws Exception {
        SharedWavelet shared = SharedWavelet.between(a, b);
        Typing alice = Typing.begin(a.client("alice"), shared.name(), "alice");
        await().atMost(PATIENCE).until(() -> alice.count() >= 10);
        b.freeze();
        int goesOn = alice.count() + 100;
        await().atMost(PATIENCE).until(() -> alice.count() >= goesOn);
        alice.finish();
        b.thaw();
        shared.assertNothingLost(List.of(alice));
    }

    /** A delta of bob's against what his gateway has. */
    private static String edit(SharedWavelet shared, String text) throws Exception {
        String content = shared.replica().text(shared.name(), Typing.DOCUMENT);
        DocOp operation = new DocOp(List.of(new Characters(text), new Retain(content.length())));
        return DeltaJson.write(new WaveletDelta(
                        shared.replica().version(shared.name()),
                        shared.replica().user(),
                        List.of(new MutateDocument(Typing.DOCUMENT, operation)),
                        List.of()))
                .toString();
    }
}

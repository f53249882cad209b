package io.wavegate.s2s.wave;

import static io.wavegate.s2s.wave.Together.OUR_USER;
import static io.wavegate.s2s.wave.Together.PATIENCE;
import static io.wavegate.s2s.wave.Together.THEIR_USER;
import static io.wavegate.s2s.wave.Together.add;
import static io.wavegate.s2s.wave.Together.get;
import static io.wavegate.s2s.wave.Together.theirWavelet;
import static io.wavegate.s2s.wave.Together.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.s2s.Xml;
import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The reference hosts, we follow; each habit of it that spec 13 warns of, and what becomes of it here. */
final class FollowingReferenceTest {
    private static Together together;

    @BeforeAll
    static void start() {
        together = new Together();
    }

    @AfterAll
    static void stop() {
        together.close();
    }

    @AfterEach
    void goodAgain() {
        together.muteAfterReconnect(false);
    }

    private static ReferenceHost host() {
        return together.peer().host();
    }

    /** A wavelet of theirs with our user on it, which we have. */
    private static WaveletName followed(String id) {
        WaveletName wavelet = theirWavelet(id);
        host().write(wavelet, THEIR_USER, add(THEIR_USER), add(OUR_USER));
        together.awaitFollowed(wavelet);
        return wavelet;
    }

    @Test
    void whoIsAddedLateGetsAllThatWasBeforeOneDeltaAtATime() {
        WaveletName wavelet = theirWavelet("late");
        host().write(wavelet, THEIR_USER, add(THEIR_USER));
        for (int i = 0; i < 5; i++) {
            host().write(wavelet, THEIR_USER, write("b+" + i));
        }
        host().garbleNext(3);
        host().write(wavelet, THEIR_USER, add(OUR_USER));
        together.awaitFollowed(wavelet);
        await().atMost(PATIENCE).until(() -> receipts() >= 2);
    }

    private static long receipts() {
        return together.server().heard().stream()
                .filter(stanza -> stanza.child(Namespaces.RECEIPTS, "received").isPresent())
                .filter(stanza -> stanza.child(Namespaces.RECEIPTS, "received")
                        .flatMap(received -> received.attribute("id"))
                        .equals(stanza.attribute("id")))
                .count();
    }

    @Test
    void theSignerIsPostedBeforeTheFirstSubmitAndNotAgain() {
        WaveletName wavelet = followed("signer");
        together.muteAfterReconnect(false);
        int before = together.got("signature").size();
        HashedVersion head = together.applied(wavelet, together.seen(wavelet), write("b+1"));
        together.applied(wavelet, head, write("b+2"));
        together.awaitFollowed(wavelet);
        List<XmlElement> heard = together.server().heard();
        int post = heard.indexOf(together.got("signature").get(0));
        int submit = heard.indexOf(together.got("submit-request").get(0));
        assertThat(post).isLessThan(submit);
        assertThat(together.got("signature").size() - before).isLessThanOrEqualTo(2);
    }

    @Test
    void aHostThatForgotTheSignerIsGivenItAgainAndTheSubmitSucceeds() {
        WaveletName wavelet = followed("forgot");
        HashedVersion head = together.applied(wavelet, together.seen(wavelet), write("b+1"));
        together.peer().forgetSigners();
        int before = together.got("signature").size();
        together.applied(wavelet, head, write("b+2"));
        assertThat(together.got("signature")).hasSize(before + 1);
        together.awaitFollowed(wavelet);
    }

    @Test
    void aSubmitThatNobodyAnswersIsToldAsUnknownAndTheSameBytesSucceedLater() {
        WaveletName wavelet = followed("silent");
        HashedVersion head = together.seen(wavelet);
        together.peer().silent(true);
        SubmitResult result = together.submit(wavelet, head, write("b+1"));
        assertThat(((SubmitResult.Refused) result).refusal().reason()).isEqualTo(Refusal.Reason.HOST_UNREACHABLE);
        together.peer().silent(false);
        await().atMost(PATIENCE)
                .until(() -> together.submit(wavelet, head, write("b+1")) instanceof SubmitResult.Applied);
        together.awaitFollowed(wavelet);
        assertThat(host().history(wavelet)).as("once").hasSize(2);
    }

    @Test
    void updatesThatGotLostComeWithTheNextOneThroughHistory() {
        WaveletName wavelet = followed("lost");
        host().loseNext(3);
        for (int i = 0; i < 3; i++) {
            host().write(wavelet, THEIR_USER, write("b+" + i));
        }
        host().write(wavelet, THEIR_USER, write("b+last"));
        together.awaitFollowed(wavelet);
    }

    @Test
    void historyThatIsNotAnsweredIsAskedForAgainWithoutAnotherUpdate() {
        WaveletName wavelet = followed("again");
        host().loseNext(1);
        host().write(wavelet, THEIR_USER, write("b+1"));
        together.peer().silent(true);
        host().write(wavelet, THEIR_USER, write("b+2"));
        await().atMost(PATIENCE)
                .until(() -> !together.got("delta-history", wavelet).isEmpty());
        together.peer().silent(false);
        together.awaitFollowed(wavelet);
        await().atMost(PATIENCE).until(() -> together.behind().isEmpty());
    }

    @Test
    void manyUpdatesInOneMessageAreAllTaken() {
        WaveletName one = followed("many-one");
        WaveletName two = followed("many-two");
        host().gather();
        for (int i = 0; i < 4; i++) {
            host().write(one, THEIR_USER, write("b+" + i));
            host().write(two, THEIR_USER, write("b+" + i));
        }
        host().tellGathered("ours.test");
        together.awaitFollowed(one);
        together.awaitFollowed(two);
    }

    @Test
    void aCommitNoticeOfAVersionThatIsNotThereChangesNothing() {
        WaveletName wavelet = followed("commit");
        HashedVersion nowhere = new HashedVersion(1_000, together.seen(wavelet).historyHash());
        var unused = together.peer()
                .tell("ours.test", List.of(ReferenceStanzas.waveletUpdate(wavelet, ReferenceStanzas.commit(nowhere))));
        await().atMost(PATIENCE).until(() -> together.got("delta-history", wavelet).stream()
                .anyMatch(stanza -> stanza.toString().contains("1000")));
        host().write(wavelet, THEIR_USER, write("b+1"));
        together.awaitFollowed(wavelet);
        await().atMost(PATIENCE).until(() -> together.behind().isEmpty());
    }

    @Test
    void historyThatIsTooLargeForAServerOnTheWayComesInSmallerPieces() {
        WaveletName wavelet = theirWavelet("large");
        host().write(wavelet, THEIR_USER, add(THEIR_USER));
        for (int i = 0; i < 12; i++) {
            host().write(wavelet, THEIR_USER, Together.write("b+" + i, "x".repeat(10_000)));
        }
        together.peer().maxBytes(60_000);
        host().write(wavelet, THEIR_USER, add(OUR_USER));
        together.awaitFollowed(wavelet);
        together.peer().maxBytes(Integer.MAX_VALUE);
    }

    @Test
    void theRightIdFromTheWrongDomainAnswersNothing() throws Exception {
        WaveletName wavelet = followed("stranger");
        HashedVersion head = together.seen(wavelet);
        together.applied(wavelet, head, write("b+first"));
        HashedVersion second = together.seen(wavelet);
        together.peer().silent(true);
        WaveletDelta delta = new WaveletDelta(second, OUR_USER, List.of(write("b+second")), List.of());
        CompletionStage<SubmitResult> result = together.node().wavelets().submit(wavelet, delta);
        int before = 1;
        await().atMost(PATIENCE)
                .until(() -> together.got("submit-request", wavelet).size() > before);
        List<XmlElement> submits = together.got("submit-request", wavelet);
        Addresses back = Addresses.of(submits.get(submits.size() - 1)).reversed();
        Addresses forged = new Addresses(back.id(), "evil.test", back.to());
        String answer = ReferenceStanzas.submitted(new HashedVersion(9, head.historyHash()), 1, 1);
        together.network().inject("evil.test", back.to(), Xml.text(ReferenceStanzas.iq("result", forged, answer)));
        assertThat(((SubmitResult.Refused) get(result)).refusal().reason()).isEqualTo(Refusal.Reason.HOST_UNREACHABLE);
    }

    @Test
    void aHostThatSpeaksNoMoreIsNamedAndWithItsRestartAllGoesOn() {
        WaveletName wavelet = followed("mute");
        HashedVersion head = together.seen(wavelet);
        together.muteAfterReconnect(true);
        await().atMost(PATIENCE).until(() -> {
            together.submit(wavelet, head, write("b+1"));
            return get(together.node().links().link("ours.test", "theirs.test"))
                    .phase()
                    .equals("down");
        });
        SubmitResult refused = together.submit(wavelet, head, write("b+1"));
        assertThat(((SubmitResult.Refused) refused).refusal().text())
                .contains("theirs.test")
                .contains("Nothing is lost");
        together.muteAfterReconnect(false);
        // What it did while it was mute nobody was told of; the next word of it brings all.
        host().write(wavelet, THEIR_USER, write("b+restarted"));
        together.awaitFollowed(wavelet);
        await().atMost(PATIENCE)
                .until(() -> together.submit(wavelet, together.seen(wavelet), write("b+mine"))
                        instanceof SubmitResult.Applied);
        together.awaitFollowed(wavelet);
    }
}

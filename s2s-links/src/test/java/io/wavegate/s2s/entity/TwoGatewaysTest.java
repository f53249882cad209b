package io.wavegate.s2s.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.api.WatchedEvent;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.History;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.api.WaveletUpdate;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TwoGatewaysTest {
    private static final WaveletName WAVELET = new WaveletName("a.test", "w+1", "a.test", "conv+root");
    private static final HashedVersion ZERO = new HashedVersion(0, ByteString.copyFromUtf8(WAVELET.toUri()));

    private static FakeNetwork network;
    private static TestNode ada;
    private static TestNode bee;

    @BeforeAll
    static void start() {
        network = new FakeNetwork();
        String quick = "wavegate.s2s.links { retry-base = 50ms, retry-max = 200ms }";
        ada = new TestNode("a.test", network, new InMemoryJournal(), quick);
        bee = new TestNode("b.test", network, new InMemoryJournal(), quick);
    }

    @AfterAll
    static void stop() {
        ada.close();
        bee.close();
        network.close();
    }

    @BeforeEach
    void clean() {
        bee.wavelets.calls.clear();
        ada.wavelets.calls.clear();
        bee.wavelets.refusal = Optional.empty();
        ada.wavelets.refusal = Optional.empty();
        bee.wavelets.updated = new Answer.Ok<>(true);
        ada.wavelets.history = FakeWavelets.SHORT_HISTORY;
        network.maxBytes.clear();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static WaveletUpdate update(String delta) {
        return new WaveletUpdate(WAVELET, List.of(ByteString.copyFromUtf8(delta)), Optional.empty());
    }

    @Test
    void updateArrivesAndIsReceipted() throws Exception {
        WaveletUpdate update = new WaveletUpdate(
                WAVELET,
                List.of(ByteString.copyFromUtf8("one"), ByteString.copyFromUtf8("two")),
                Optional.of(FakeWavelets.VERSION));
        assertThat(get(ada.remoteDomains().update("a.test", "b.test", update))).isEqualTo(new Answer.Ok<>(true));
        assertThat(bee.wavelets.calls).containsExactly("update a.test " + WAVELET.toUri() + " [one, two] 7");
    }

    @Test
    void updatesArriveInTheOrderOfTheCalls() throws Exception {
        CompletableFuture<?>[] all = new CompletableFuture<?>[300];
        for (int i = 0; i < all.length; i++) {
            all[i] = ada.remoteDomains()
                    .update("a.test", "b.test", update("d" + i))
                    .toCompletableFuture();
        }
        CompletableFuture.allOf(all).get(20, TimeUnit.SECONDS);
        for (int i = 0; i < all.length; i++) {
            assertThat(bee.wavelets.calls.get(i)).contains("[d" + i + "]");
        }
    }

    @Test
    void largeUpdateIsSplitAndReceiptedAsOne() throws Exception {
        ByteString large = ByteString.copyFromUtf8("x".repeat(60_000));
        WaveletUpdate update = new WaveletUpdate(WAVELET, List.of(large, large, large), Optional.empty());
        assertThat(get(ada.remoteDomains().update("a.test", "b.test", update))).isEqualTo(new Answer.Ok<>(true));
        assertThat(bee.wavelets.calls).hasSize(3);
    }

    /** XEP-0478: what a server on the way takes shows when it is first exceeded. */
    @Test
    void anUpdateIsSplitAnewToWhatThePeerTakesInOrderAndReceiptedAsOne() throws Exception {
        network.maxBytes.put("b.test", 10_000);
        List<ByteString> deltas = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            deltas.add(ByteString.copyFromUtf8(i + "-" + "x".repeat(2_000)));
        }
        WaveletUpdate update = new WaveletUpdate(WAVELET, deltas, Optional.of(FakeWavelets.VERSION));

        assertThat(get(ada.remoteDomains().update("a.test", "b.test", update))).isEqualTo(new Answer.Ok<>(true));
        List<String> arrived = bee.wavelets.calls.stream()
                .flatMap(call -> Pattern.compile("(\\d+)-x").matcher(call).results())
                .map(found -> found.group(1))
                .toList();
        assertThat(arrived)
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(Integer::toString).toList());
        assertThat(bee.wavelets.calls).hasSize(7).last().asString().endsWith(" 7");
        assertThat(bee.wavelets.calls.subList(0, 6)).allMatch(call -> call.endsWith(" -"));

        // What was learnt holds for the next one: nothing is split twice.
        bee.wavelets.calls.clear();
        assertThat(get(ada.remoteDomains().update("a.test", "b.test", update))).isEqualTo(new Answer.Ok<>(true));
        assertThat(bee.wavelets.calls).hasSize(7);
    }

    @Test
    void aDeltaThatThePeerDoesNotTakeIsRefusedAndTheOthersArrive() throws Exception {
        network.maxBytes.put("b.test", 10_000);
        ByteString large = ByteString.copyFromUtf8("large" + "x".repeat(9_000));
        WaveletUpdate update =
                new WaveletUpdate(WAVELET, List.of(ByteString.copyFromUtf8("small"), large), Optional.empty());

        Answer<Boolean> answer = get(ada.remoteDomains().update("a.test", "b.test", update));
        assertThat(refusal(answer)).isEqualTo(Refusal.Reason.TOO_LARGE);
        assertThat(((Answer.No<Boolean>) answer).refusal().text()).contains("b.test", "10000 bytes");
        assertThat(bee.wavelets.calls).containsExactly("update a.test " + WAVELET.toUri() + " [small] -");
    }

    @Test
    void historyIsCutToWhatThePeerTakesWithAndWithoutALimit() throws Exception {
        List<ByteString> deltas = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            deltas.add(ByteString.copyFromUtf8(i + "-" + "x".repeat(2_000)));
        }
        ada.wavelets.history = new History(deltas, OptionalLong.of(99), false);
        network.maxBytes.put("b.test", 10_000);
        for (OptionalLong limit : List.of(OptionalLong.of(50_000), OptionalLong.empty())) {
            Answer<History> answer =
                    get(bee.remoteDomains().history("b.test", "a.test", WAVELET, ZERO, FakeWavelets.VERSION, limit));
            assertThat(answer).isEqualTo(new Answer.Ok<>(new History(deltas.subList(0, 3), OptionalLong.of(7), true)));
        }
    }

    @Test
    void historyOfASingleDeltaThatThePeerDoesNotTakeIsAnErrorThatSaysSo() throws Exception {
        ada.wavelets.history = new History(
                List.of(ByteString.copyFromUtf8("x".repeat(9_000)), ByteString.copyFromUtf8("small")),
                OptionalLong.of(99),
                false);
        network.maxBytes.put("b.test", 10_000);

        Answer<History> answer = get(bee.remoteDomains()
                .history("b.test", "a.test", WAVELET, ZERO, FakeWavelets.VERSION, OptionalLong.empty()));
        assertThat(((Answer.No<History>) answer).refusal().text()).contains("10000 bytes", "policy-violation");
    }

    @Test
    void deltaThatNoServerTakesIsNotSent() throws Exception {
        ByteString huge = ByteString.copyFrom(new byte[400 * 1024]);
        Answer<Boolean> answer = get(ada.remoteDomains()
                .update("a.test", "b.test", new WaveletUpdate(WAVELET, List.of(huge), Optional.empty())));
        assertThat(refusal(answer)).isEqualTo(Refusal.Reason.TOO_LARGE);
    }

    @Test
    void submitPostsTheSignerFirstAndBringsTheResult() throws Exception {
        SignerInfo signer = FakeWavelets.signerOf("b.test");
        SubmitResult result =
                get(bee.remoteDomains().submit("b.test", "a.test", WAVELET, ByteString.copyFromUtf8("signed"), signer));
        assertThat(result).isEqualTo(new SubmitResult.Applied(FakeWavelets.VERSION, 2, 1_700_000_000_000L));
        assertThat(ada.wavelets.calls).last().isEqualTo("submit b.test " + WAVELET.toUri() + " signed");
    }

    @Test
    void historyAndSignerComeBackAsTheyWere() throws Exception {
        Answer<History> history = get(bee.remoteDomains()
                .history("b.test", "a.test", WAVELET, ZERO, FakeWavelets.VERSION, OptionalLong.of(1_000)));
        assertThat(history)
                .isEqualTo(new Answer.Ok<>(new History(
                        List.of(ByteString.copyFromUtf8("delta-a"), ByteString.copyFromUtf8("delta-b")),
                        OptionalLong.of(FakeWavelets.VERSION.version()),
                        true)));
        Answer<SignerInfo> signer = get(bee.remoteDomains()
                .signer("b.test", "a.test", ByteString.copyFromUtf8("id"), WAVELET, FakeWavelets.VERSION));
        assertThat(signer).isEqualTo(new Answer.Ok<>(FakeWavelets.signerOf("a.test")));
        assertThat(ada.wavelets.calls).containsExactly("history b.test 0 7 1000", "signer b.test id 7");
    }

    @Test
    void refusalOfTheHostIsTold() throws Exception {
        ada.wavelets.refusal = Optional.of(new Refusal(Refusal.Reason.HASH_MISMATCH, "another history"));
        SubmitResult result = get(bee.remoteDomains()
                .submit(
                        "b.test",
                        "a.test",
                        WAVELET,
                        ByteString.copyFromUtf8("signed"),
                        FakeWavelets.signerOf("b.test")));
        Refusal refusal = ((SubmitResult.Refused) result).refusal();
        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.HOST_REFUSED);
        assertThat(refusal.text()).contains("bad-request").contains("another history");
    }

    @Test
    void updateThatCannotBeTakenNowIsNotReceipted() throws Exception {
        bee.wavelets.updated = new Answer.No<>(new Refusal(Refusal.Reason.STORE_UNAVAILABLE, "disk full"));
        Answer<Boolean> answer = get(ada.remoteDomains().update("a.test", "b.test", update("x")));
        assertThat(refusal(answer)).isEqualTo(Refusal.Reason.OVERLOADED);
    }

    @Test
    void peerThatIsAwayIsReportedAtOnceAndItsReturnIsTold() throws Exception {
        get(ada.remoteDomains().update("a.test", "b.test", update("before")));
        network.cut("b.test");
        Answer<Boolean> answer = get(ada.remoteDomains().update("a.test", "b.test", update("during")));
        assertThat(refusal(answer)).isEqualTo(Refusal.Reason.HOST_UNREACHABLE);
        int before = ada.wavelets.reachable.size();
        network.mend("b.test");
        await().until(() -> ada.wavelets.reachable.size() > before);
        assertThat(get(ada.remoteDomains().update("a.test", "b.test", update("after"))))
                .isEqualTo(new Answer.Ok<>(true));
    }

    @Test
    void operatorsSeeTheLinks() throws Exception {
        get(ada.remoteDomains().update("a.test", "b.test", update("x")));
        List<LinkView> views = get(ada.links.links());
        assertThat(views).anySatisfy(view -> {
            assertThat(view.remote()).isEqualTo("b.test");
            assertThat(view.phase()).isEqualTo("up");
            assertThat(view.service()).isEqualTo("b.test");
            assertThat(view.counters().answered()).isPositive();
        });
    }

    @Test
    void operatorsWatchStanzasAndWhatBecomesOfStreams() throws Exception {
        List<WatchedEvent> seen = new CopyOnWriteArrayList<>();
        List<WatchedEvent> other = new CopyOnWriteArrayList<>();
        try (var watch = ada.links.watch("a.test", "b.test", seen::add);
                var elsewhere = ada.links.watch("a.test", "c.test", other::add)) {
            get(ada.remoteDomains().update("a.test", "b.test", update("x".repeat(500))));
            get(ada.links.close("a.test", "b.test"));
        }
        assertThat(seen)
                .anySatisfy(event -> {
                    assertThat(event.kind()).isEqualTo(WatchedEvent.Kind.SENT);
                    assertThat(event.text()).startsWith("<message").contains("characters)");
                })
                .anySatisfy(event -> {
                    assertThat(event.kind()).isEqualTo(WatchedEvent.Kind.RECEIVED);
                    assertThat(event.text()).contains("urn:xmpp:receipts");
                })
                .anySatisfy(event -> assertThat(event.text()).isEqualTo("the link is idle"));
        assertThat(other).isEmpty();
        int before = seen.size();
        get(ada.remoteDomains().update("a.test", "b.test", update("y")));
        assertThat(seen).as("the watch is over").hasSize(before);
    }

    @Test
    void closingALinkEndsTheStreamsOfBothAndOfNoOtherLink() throws Exception {
        get(ada.remoteDomains().update("a.test", "b.test", update("x")));
        assertThat(network.streams("a.test", "b.test")).isPositive();
        assertThat(network.streams("b.test", "a.test"))
                .as("its receipt came back")
                .isPositive();
        network.hold(new DomainPair("other.test", "a.test"));
        get(ada.links.close("a.test", "b.test"));
        await().untilAsserted(() -> {
            assertThat(network.streams("a.test", "b.test")).isZero();
            assertThat(network.streams("b.test", "a.test")).isZero();
        });
        assertThat(network.streams("other.test", "a.test")).isOne();
        assertThat(get(ada.remoteDomains().update("a.test", "b.test", update("y"))))
                .as("they are opened again")
                .isInstanceOf(Answer.Ok.class);
    }

    @Test
    void operatorsRetryADomainThatIsDown() throws Exception {
        network.cut("c.test");
        assertThat(get(ada.links.retry("a.test", "c.test")).phase()).isEqualTo("discovering");
        await().until(() -> get(ada.links.link("a.test", "c.test")).phase().equals("down"));
        assertThat(get(ada.links.link("a.test", "c.test")).trace()).isNotEmpty();
    }

    private static Refusal.Reason refusal(Answer<?> answer) {
        return ((Answer.No<?>) answer).refusal().reason();
    }
}

package io.wavegate.load.sim;

import com.google.protobuf.ByteString;
import io.wavegate.load.check.Kind;
import io.wavegate.load.check.Observation;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.api.Wavelets;
import io.wavegate.wavelet.codec.DeltaCodec;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A user with one wavelet open at some node of the user's domain: follows it, edits it, and hands an edit whose outcome is
 * unknown in again, the same bytes, until there is an answer.
 */
final class SimClient {
    private static final String DOCUMENT = "b+";
    private static final int DOCUMENTS = 4;
    private static final Set<Refusal.Reason> UNKNOWN = Set.of(
            Refusal.Reason.STORE_UNAVAILABLE,
            Refusal.Reason.OVERLOADED,
            Refusal.Reason.HOST_UNREACHABLE,
            Refusal.Reason.QUARANTINED,
            Refusal.Reason.UNKNOWN_SIGNER);
    private static final int REMEMBERED = 12;

    private final SimRun run;
    private final World world;
    private final SimDomain domain;
    private final WaveletName wavelet;
    private final ParticipantId user;
    private final String uri;
    private final ArrayDeque<Known> recent = new ArrayDeque<>();
    private Known known;
    private @Nullable SimNode session;
    private int outstanding;
    private int edits;
    private boolean editing = true;
    private boolean following = true;

    /** The wavelet as the client knows it at a version: the text of each of its documents. */
    private record Known(HashedVersion version, List<String> texts) {}

    SimClient(SimRun run, SimDomain domain, WaveletName wavelet, String name) {
        this.run = run;
        this.world = run.world();
        this.domain = domain;
        this.wavelet = wavelet;
        this.uri = wavelet.toUri();
        this.user = new ParticipantId(name + "@" + domain.name());
        this.known = new Known(HashChain.zero(wavelet), Collections.nCopies(DOCUMENTS, ""));
    }

    ParticipantId user() {
        return user;
    }

    WaveletName wavelet() {
        return wavelet;
    }

    HashedVersion known() {
        return known.version();
    }

    /** True if what the user sees of each document is this; one that nobody edited is empty. */
    boolean sees(Map<String, String> texts) {
        for (int i = 0; i < DOCUMENTS; i++) {
            if (!known.texts().get(i).equals(texts.getOrDefault(DOCUMENT + i, ""))) {
                return false;
            }
        }
        return true;
    }

    boolean isWaiting() {
        return outstanding > 0;
    }

    /** Creates the wavelet with these participants. */
    void create(List<WaveletOperation> operations) {
        submit(new WaveletDelta(known.version(), user, operations, List.of()));
    }

    void start() {
        world.after(world.between(0, 200_000), this::follow);
        world.after(world.between(100_000, 1_000_000), this::think);
    }

    // ---- reading ----

    void stopFollowing() {
        following = false;
    }

    boolean isFollowing() {
        return following;
    }

    private void follow() {
        if (!following) {
            return;
        }
        HashedVersion from = known.version();
        long asked = world.now();
        this.<Answer<DeltaPage>>call(
                wavelets -> wavelets.deltas(wavelet, user, from, 32_768, Duration.ofSeconds(8)),
                12_000_000,
                answer -> world.after(followed(answer, asked), this::follow));
    }

    private long followed(Optional<Answer<DeltaPage>> answer, long asked) {
        if (answer.isEmpty()) {
            return world.between(50_000, 500_000);
        } else if (answer.get() instanceof Answer.Ok<DeltaPage> ok) {
            ok.value().deltas().forEach(delta -> read(delta, asked));
            run.observe(Observation.notice(
                    user.address(),
                    domain.name(),
                    uri,
                    ok.value().head().version(),
                    Hex.of(ok.value().head().historyHash()),
                    asked,
                    world.now()));
            return world.between(500, 5_000);
        }
        Refusal refusal = ((Answer.No<DeltaPage>) answer.get()).refusal();
        if (refusal.reason() == Refusal.Reason.HASH_MISMATCH || refusal.reason() == Refusal.Reason.HISTORY_REPLACED) {
            run.forked(user.address(), uri, known.version().version(), refusal.text());
        }
        if (world.chance(3) == 0) {
            session = null;
        }
        return world.between(200_000, 1_500_000);
    }

    private void read(DeltaPage.Delta delta, long asked) {
        run.observe(new Observation(
                Kind.READ,
                user.address(),
                domain.name(),
                uri,
                delta.appliedAt(),
                delta.result().version(),
                Hex.of(delta.result().historyHash()),
                Hex.of(delta.signedBytesHash()),
                asked,
                world.now()));
        if (delta.appliedAt() != known.version().version()) {
            run.forked(user.address(), uri, known.version().version(), "read a delta at v" + delta.appliedAt());
            return;
        }
        List<String> texts = new ArrayList<>(known.texts());
        for (WaveletOperation operation : delta.operations()) {
            if (operation instanceof WaveletOperation.MutateDocument mutate) {
                int document = mutate.documentId().charAt(DOCUMENT.length()) - '0';
                texts.set(document, SimText.after(texts.get(document), mutate.operation()));
            }
        }
        recent.addLast(known);
        if (recent.size() > REMEMBERED) {
            recent.removeFirst();
        }
        known = new Known(delta.result(), texts);
    }

    // ---- editing ----

    void stopEditing() {
        editing = false;
    }

    private void think() {
        if (!editing) {
            return;
        }
        if (known.version().version() > 0 && outstanding < 3) {
            int operations = run.takeEdits(1 + world.chance(4));
            if (operations > 0) {
                edit(operations);
            }
        }
        world.after(world.between(run.pace() / 4, 2 * run.pace()), this::think);
    }

    private void edit(int count) {
        Known base = known;
        if (!recent.isEmpty() && world.chance(4) == 0) {
            base = recent.stream().skip(world.chance(recent.size())).findFirst().orElse(known);
        }
        List<WaveletOperation> operations = new ArrayList<>();
        // One operation for a document in a delta: more do not survive concurrent ones, by the protocol (spec 7.2).
        int first = world.chance(DOCUMENTS);
        for (int i = 0; i < count; i++) {
            int document = (first + i) % DOCUMENTS;
            operations.add(new WaveletOperation.MutateDocument(
                    DOCUMENT + document, typed(base.texts().get(document))));
        }
        run.guests().ifPresent(operations::add);
        HashedVersion target = base.version();
        if (world.chance(400) == 0) {
            // A client that has been in another history.
            target = new HashedVersion(
                    target.version(), HashChain.sha256(target.historyHash()).substring(0, 20));
        }
        submit(new WaveletDelta(target, user, operations, List.of()));
    }

    private DocOp typed(String text) {
        int at = world.chance(text.length() + 1);
        int delete = text.length() > 60 || world.chance(4) == 0 ? Math.min(text.length() - at, world.chance(24)) : 0;
        return SimText.edit(
                text, at, delete, Long.toString(++edits, 36) + user.name().charAt(0));
    }

    private void submit(WaveletDelta delta) {
        outstanding++;
        ByteString id = HashChain.sha256(DeltaCodec.encode(delta));
        attempt(delta, Hex.of(id), 0);
    }

    private void attempt(WaveletDelta delta, String id, int tries) {
        long sent = world.now();
        run.observe(Observation.submitted(user.address(), domain.name(), uri, id, sent));
        call(
                wavelets -> wavelets.submit(wavelet, delta),
                20_000_000,
                (Optional<SubmitResult> answer) -> answered(delta, id, tries, sent, answer));
    }

    private void answered(WaveletDelta delta, String id, int tries, long sent, Optional<SubmitResult> answer) {
        if (answer.isPresent() && answer.get() instanceof SubmitResult.Applied applied) {
            outstanding--;
            run.observe(Observation.acknowledged(
                    user.address(),
                    domain.name(),
                    uri,
                    applied.version().version(),
                    Hex.of(applied.version().historyHash()),
                    id,
                    sent,
                    world.now()));
            run.acknowledged(delta);
            return;
        }
        Optional<Refusal> refusal = answer.map(result -> ((SubmitResult.Refused) result).refusal());
        refusal.ifPresent(why -> run.refused(domain, why));
        world.trace()
                .line(
                        world,
                        () -> user + " is answered "
                                + refusal.map(Refusal::toString).orElse("nothing") + " for " + id);
        if (refusal.isEmpty() || UNKNOWN.contains(refusal.get().reason())) {
            if (world.chance(2) == 0) {
                session = null;
            }
            world.after(world.between(100_000, 1_000_000), () -> attempt(delta, id, tries + 1));
            return;
        }
        outstanding--;
        run.observe(Observation.refused(user.address(), domain.name(), uri, id, sent, world.now()));
    }

    // ---- the way to the node ----

    private <T> void call(
            Function<Wavelets, CompletionStage<T>> request, long patienceMicros, Consumer<Optional<T>> then) {
        SimNode node = session();
        boolean[] done = new boolean[1];
        Consumer<Optional<T>> once = answer -> {
            if (!done[0]) {
                done[0] = true;
                if (answer.isEmpty()) {
                    session = null;
                }
                then.accept(answer);
            }
        };
        World.Event patience = world.after(patienceMicros, () -> once.accept(Optional.empty()));
        Life life = node.life().orElse(null);
        Wavelets wavelets = node.wavelets().orElse(null);
        if (life == null || wavelets == null) {
            patience.cancelled = true;
            world.after(world.between(10_000, 100_000), () -> once.accept(Optional.empty()));
            return;
        }
        world.after(world.between(100, 3_000), node.slot(), () -> {
            if (life.isOver()) {
                return;
            }
            request.apply(wavelets).whenComplete((value, failure) -> {
                if (life.isOver() || world.muted()) {
                    return;
                }
                world.after(world.between(100, 3_000), () -> {
                    patience.cancelled = true;
                    once.accept(Optional.ofNullable(value));
                });
            });
        });
    }

    private SimNode session() {
        SimNode present = session;
        if (present == null || !present.isRunning()) {
            present = domain.node(world.chance(domain.nodes().size()));
            session = present;
        }
        return present;
    }
}

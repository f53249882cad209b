package io.wavegate.load.sim;

import com.google.protobuf.ByteString;
import io.wavegate.load.check.HistoryChecker;
import io.wavegate.load.check.Kind;
import io.wavegate.load.check.Observation;
import io.wavegate.load.check.Statement;
import io.wavegate.load.check.Violation;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.codec.AppliedDeltaCodec;
import io.wavegate.wavelet.codec.CodecLimits;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.ReceivedDelta;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run: a seed, and everything that comes of it. */
final class SimRun {
    private static final long LONGEST_MICROS = 600_000_000L;
    private static final long SETTLING_MICROS = 900_000_000L;
    private static final long LOOK_MICROS = 2_000_000;

    /** More than all time-outs of a stream that may follow each other, idleness and the clean end of it too. */
    private static final long NOTICING_MICROS = 180_000_000;

    private final long seed;
    private final SimPlan plan;
    private final SimKeys keys;
    private final SimSettings settings;
    private final Bugs bugs;
    private final World world;
    private final SimInternet internet;
    private final HistoryChecker checker = new HistoryChecker();
    private final SubmitRewrites rewrites;
    private final ToldDeltas toldDeltas;
    private final List<SimDomain> domains = new ArrayList<>();
    private final List<WaveletName> wavelets = new ArrayList<>();
    private final List<SimClient> clients = new ArrayList<>();
    private final Map<String, ByteString> hashes = new HashMap<>();
    private final Map<WaveletName, Participation> participations = new HashMap<>();
    private final Troubles troubles;
    private int editsLeft;
    private long acknowledged;
    private long stored;
    private boolean settling;

    SimRun(long seed, SimPlan plan, SimKeys keys, SimSettings settings, Bugs bugs, StreamChoice streams, Trace trace) {
        this.seed = seed;
        this.plan = plan;
        this.keys = keys;
        this.settings = settings;
        this.bugs = bugs;
        this.world = new World(seed, trace, this::failed);
        this.internet = new SimInternet(this, streams);
        this.rewrites = new SubmitRewrites(this);
        this.toldDeltas = new ToldDeltas(world);
        this.troubles = new Troubles(this);
        this.editsLeft = plan.edits();
    }

    SimResult run(Slots slots) {
        try {
            build(slots);
            go();
            List<Violation> found = judge();
            world.trace().mix(checker.observations());
            return new SimResult(
                    seed,
                    plan.toString(),
                    found,
                    acknowledged,
                    stored,
                    checker.observations(),
                    world.happened(),
                    world.now() / 1_000,
                    world.trace().digest());
        } finally {
            domains.forEach(domain -> domain.nodes().forEach(SimNode::crash));
            world.clear();
            slots.started().forEach(Slot::leave);
        }
    }

    private void build(Slots slots) {
        int slot = 0;
        for (int i = 0; i < plan.domains(); i++) {
            String name = SimKeys.DOMAINS[i];
            SimDomain domain = new SimDomain(this, name, keys.signer(name));
            for (int n = 0; n < plan.nodes(); n++) {
                Slot used = slots.get(slot++);
                used.enter(world);
                domain.add(used);
            }
            internet.attach(domain);
            domains.add(domain);
        }
        internet.begin();
        domains.forEach(SimDomain::start);
        for (int i = 0; i < plan.wavelets(); i++) {
            SimDomain host = domains.get(i % domains.size());
            wavelets.add(new WaveletName(host.name(), "w+" + i, host.name(), "conv+root"));
        }
        wavelets.forEach(this::people);
        if (plan.hostile()) {
            new Stranger(this).start();
        }
        troubles.begin();
    }

    private void people(WaveletName wavelet) {
        List<SimClient> here = new ArrayList<>();
        for (SimDomain domain : domains) {
            boolean host = domain.name().equals(wavelet.waveletDomain());
            int count = host ? 2 : world.chance(3);
            for (int i = 0; i < count; i++) {
                here.add(new SimClient(this, domain, wavelet, "u" + clients.size() + here.size()));
            }
        }
        here.sort((a, b) -> Boolean.compare(
                !a.user().domain().equals(wavelet.waveletDomain()),
                !b.user().domain().equals(wavelet.waveletDomain())));
        List<WaveletOperation> all = new ArrayList<>();
        here.forEach(client -> all.add(new WaveletOperation.AddParticipant(client.user())));
        here.get(0).create(all);
        here.forEach(SimClient::start);
        clients.addAll(here);
    }

    private void go() {
        long look = 0;
        while (editsLeft > 0
                && world.now() < LONGEST_MICROS
                && checker.violations().isEmpty()) {
            look += LOOK_MICROS;
            world.runUntil(look);
        }
        settling = true;
        if (plan.end() != SimPlan.End.AT_ONCE && checker.violations().isEmpty()) {
            troubles.lastEdits();
        }
        clients.forEach(SimClient::stopEditing);
        world.trace().note(world, "faults end", editsLeft, 0);
        troubles.end();
        long until = world.now() + SETTLING_MICROS;
        while (world.now() < until && checker.violations().isEmpty() && !isSettled()) {
            world.runUntil(world.now() + LOOK_MICROS);
        }
        if (isSettled()) {
            internet.bytes().ifPresent(bytes -> notice(bytes, until - SETTLING_MICROS + NOTICING_MICROS));
        }
    }

    /** TCP waits for longer than that, so what is found of connections to nobody is found by timers of ours. */
    private void notice(SimBytes bytes, long until) {
        while (world.now() < until
                && checker.violations().isEmpty()
                && !bytes.alone().isEmpty()) {
            world.runUntil(world.now() + LOOK_MICROS);
        }
        bytes.alone()
                .forEach(connection -> violated(
                        Statement.CONVERGENCE,
                        "?",
                        "a connection to nobody is still open " + (world.now() - until + NOTICING_MICROS) / 1_000_000
                                + " s after the last fault: " + connection));
    }

    private boolean isSettled() {
        for (SimClient client : clients) {
            SimDomain host = domain(client.wavelet().waveletDomain());
            if (client.isWaiting()) {
                return false;
            }
            if (client.isFollowing() && client.known().version() != Histories.head(host, client.wavelet())) {
                return false;
            }
        }
        return replicasAreThere();
    }

    private boolean replicasAreThere() {
        for (WaveletName wavelet : wavelets) {
            long head = Histories.head(domain(wavelet.waveletDomain()), wavelet);
            for (SimDomain domain : domains) {
                if (Histories.head(domain, wavelet) != head && isOn(wavelet, domain.name())) {
                    return false;
                }
            }
        }
        return true;
    }

    private List<Violation> judge() {
        // What is seen first says most; what follows from it would only hide it.
        if (checker.violations().isEmpty()) {
            new FinalJudge(this, checker, clients).judge();
        }
        return checker.violations();
    }

    // ---- what is seen ----

    void observe(Observation seen) {
        world.trace()
                .note(world, seen.kind().name(), seen.version(), seen.hash().hashCode());
        world.trace().line(world, seen::toString);
        checker.observe(seen);
        if (seen.kind() == Kind.STORED) {
            stored++;
        }
    }

    /** A domain is sent a delta by its host. */
    void told(SimNode host, String domain, WaveletName wavelet, ByteString bytes) {
        Answer<ReceivedDelta> read = AppliedDeltaCodec.decode(bytes, CodecLimits.NONE);
        ReceivedDelta delta = ((Answer.Ok<ReceivedDelta>) read).value();
        HashedVersion result = delta.claimedResult();
        toldDeltas.add(wavelet, delta);
        observe(new Observation(
                Kind.TOLD,
                host.name(),
                domain,
                wavelet.toUri(),
                delta.appliedAt().version(),
                result.version(),
                Hex.of(result.historyHash()),
                Hex.of(HashChain.sha256(delta.signed().payload())),
                world.now(),
                world.now()));
    }

    /** A domain is told of a head by its host. */
    void noticed(SimNode host, String domain, WaveletName wavelet, HashedVersion head) {
        observe(Observation.notice(
                host.name(),
                domain,
                wavelet.toUri(),
                head.version(),
                Hex.of(head.historyHash()),
                world.now(),
                world.now()));
    }

    void acknowledged(WaveletDelta delta) {
        acknowledged += delta.operations().size();
    }

    /** A client was not given its answer. */
    void refused(SimDomain domain, Refusal refusal) {
        if (plan.weather() == SimPlan.Weather.HAND_OVER && refusal.text().contains("in time")) {
            violated(
                    Statement.CONVERGENCE,
                    domain.name(),
                    "a submit got no answer although nothing but a hand-over happened: " + refusal.text());
        }
    }

    /** A client found that it is in another history. */
    void forked(String user, String wavelet, long version, String text) {
        violated(Statement.TOTAL_ORDER, wavelet, user + " at v" + version + ": " + text);
    }

    void violated(Statement statement, String wavelet, String text) {
        checker.violated(new Violation(statement, wavelet, text));
    }

    private void failed(RuntimeException failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        violated(Statement.VALIDITY, "?", "failed: " + failure + (stack.length > 0 ? " at " + stack[0] : ""));
    }

    void stored(String wavelet, HashedVersion version) {
        hashes.put(wavelet + " " + version.version(), version.historyHash());
    }

    // ---- what the parts of a run ask ----

    void moreEdits(int more) {
        editsLeft += more;
    }

    /** Takes of the edits that are to be made: as many as there are left of those wanted. */
    int takeEdits(int wanted) {
        int taken = Math.min(wanted, editsLeft);
        editsLeft -= taken;
        return taken;
    }

    long pace() {
        return plan.paceMicros();
    }

    /** Sometimes somebody of a domain without clients on the wavelet is added, or removed again. */
    Optional<WaveletOperation> guests() {
        if (domains.size() < 2 || world.chance(40) != 0) {
            return Optional.empty();
        }
        SimDomain domain = domains.get(world.chance(domains.size()));
        ParticipantId guest = new ParticipantId("guest@" + domain.name());
        return Optional.of(
                world.chance(2) == 0
                        ? new WaveletOperation.AddParticipant(guest)
                        : new WaveletOperation.RemoveParticipant(guest));
    }

    ByteString hashAt(String wavelet, HashedVersion version) {
        return hashes.getOrDefault(wavelet + " " + version.version(), version.historyHash());
    }

    ToldDeltas toldDeltas() {
        return toldDeltas;
    }

    private boolean isOn(WaveletName wavelet, String domain) {
        return participations
                .computeIfAbsent(wavelet, name -> new Participation(domain(name.waveletDomain()), name))
                .has(domain);
    }

    SimDomain domain(String name) {
        return domains.stream()
                .filter(domain -> domain.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Users of the domains that host go home once they have their answers. */
    void goHome() {
        clients.stream()
                .filter(client -> client.user().domain().equals(client.wavelet().waveletDomain()))
                .forEach(SimClient::stopFollowing);
    }

    /** Users of other domains than the wavelet's host make no more edits. */
    void onlyHostsEdit() {
        clients.stream()
                .filter(client ->
                        !client.user().domain().equals(client.wavelet().waveletDomain()))
                .forEach(SimClient::stopEditing);
    }

    boolean isSettling() {
        return settling;
    }

    World world() {
        return world;
    }

    SimPlan plan() {
        return plan;
    }

    SimKeys keys() {
        return keys;
    }

    SimSettings settings() {
        return settings;
    }

    Bugs bugs() {
        return bugs;
    }

    SubmitRewrites rewrites() {
        return rewrites;
    }

    SimInternet internet() {
        return internet;
    }

    List<SimDomain> domains() {
        return domains;
    }

    List<WaveletName> wavelets() {
        return wavelets;
    }
}

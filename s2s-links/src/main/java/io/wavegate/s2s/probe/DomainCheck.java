package io.wavegate.s2s.probe;

import io.wavegate.s2s.api.Resolutions;
import io.wavegate.s2s.check.Check;
import io.wavegate.s2s.check.CheckReport;
import io.wavegate.s2s.check.DomainChecks;
import io.wavegate.s2s.check.DomainFindings;
import io.wavegate.s2s.check.QuestionFacts;
import io.wavegate.s2s.check.QuestionFacts.Kind;
import io.wavegate.s2s.check.QuestionFacts.Outcome;
import io.wavegate.s2s.check.SignerFacts;
import io.wavegate.s2s.check.StreamProbes;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.S2sStreams;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamPolicies;
import io.wavegate.s2s.vouch.KnownVouchers;
import io.wavegate.s2s.xml.XmlElement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Runs the checks of other domains. */
public final class DomainCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DomainProbe probe;
    private final S2sStreams edge;
    private final ExpectedAnswers answers;
    private final Supplier<String> ids;
    private final Function<String, Optional<SignerFacts>> signers;
    private final InstantSource clock;

    /**
     * @param edge sends questions
     * @param answers is shown what the edge receives
     * @param ids for questions, unpredictable
     * @param signers who signs deltas of a domain of ours
     * @param vouchers who vouched for a domain on earlier streams
     */
    public DomainCheck(
            Resolutions resolutions,
            StreamProbes probes,
            StreamPolicies policies,
            S2sStreams edge,
            ExpectedAnswers answers,
            Supplier<String> ids,
            Function<String, Optional<SignerFacts>> signers,
            Function<String, CompletionStage<KnownVouchers>> vouchers,
            InstantSource clock) {
        this.probe = new DomainProbe(resolutions, probes, policies, vouchers);
        this.edge = edge;
        this.answers = answers;
        this.ids = ids;
        this.signers = signers;
        this.clock = clock;
    }

    /** See {@link DomainChecks#check}. */
    public CompletionStage<CheckReport> run(DomainPair pair) {
        return probe.run(pair).thenCompose(findings -> talk(pair, findings));
    }

    private CompletionStage<CheckReport> talk(DomainPair pair, DomainFindings findings) {
        Conversation conversation = new Conversation(edge, answers, ids, PATIENCE);
        Map<String, StreamEnd> unreachable = new HashMap<>();
        if (!findings.isReachable()) {
            unreachable.put(pair.remote(), noStream(findings));
        }
        return new WaveSearch(pair, conversation, unreachable, PATIENCE)
                .run()
                .thenCompose(search -> ping(pair, findings, conversation, search.service())
                        .thenCombine(elsewhere(pair, search.service()), (ping, service) -> {
                            List<QuestionFacts> questions = new ArrayList<>(search.questions());
                            ping.ifPresent(questions::add);
                            return report(pair, findings, service, questions, search.service());
                        }))
                .whenComplete((report, failure) -> conversation.close());
    }

    private static StreamEnd noStream(DomainFindings findings) {
        return findings.stream()
                .map(stream -> stream.end())
                .orElseGet(() -> new StreamEnd(StreamEnd.Reason.CONNECT_FAILED, "see above"));
    }

    /** A wave service of another name has records, servers and certificates of its own. */
    private CompletionStage<Optional<DomainFindings>> elsewhere(DomainPair pair, Optional<String> service) {
        return service.isEmpty() || service.get().equals(pair.remote())
                ? CompletableFuture.completedFuture(Optional.empty())
                : probe.run(new DomainPair(pair.local(), service.get())).thenApply(Optional::of);
    }

    private CompletionStage<Optional<QuestionFacts>> ping(
            DomainPair pair, DomainFindings findings, Conversation conversation, Optional<String> service) {
        if (service.isEmpty() && !findings.isReachable()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        String to = service.orElse(pair.remote());
        XmlElement ping = XmlElement.builder(Namespaces.PING, "ping").build();
        long begun = System.nanoTime();
        return conversation
                .ask(new DomainPair(pair.local(), to), ping)
                .thenApply(reply -> Optional.of(
                        new QuestionFacts(Kind.PING, to, outcome(reply), (System.nanoTime() - begun) / 1_000_000)));
    }

    /** An error is an answer too (XEP-0199 section 4.1): somebody is there. */
    private static Outcome outcome(Conversation.Reply reply) {
        if (reply instanceof Conversation.Reply.Unsent unsent) {
            return new Outcome.Unsent(unsent.end());
        }
        return reply instanceof Conversation.Reply.Answer
                ? new Outcome.Answered("answers a ping")
                : new Outcome.Silent();
    }

    private CheckReport report(
            DomainPair pair,
            DomainFindings findings,
            Optional<DomainFindings> service,
            List<QuestionFacts> questions,
            Optional<String> found) {
        boolean otherwise = service.filter(DomainFindings::isReachable).isPresent();
        List<Check> checks = new ArrayList<>(
                otherwise ? findings.mitigatedChecks(clock.instant()) : findings.checks(clock.instant()));
        service.ifPresent(other -> checks.addAll(other.checks(clock.instant())));
        checks.addAll(findings.waveChecks(questions, found));
        signers.apply(pair.local()).ifPresent(ours -> checks.addAll(findings.signerChecks(ours)));
        return new CheckReport(pair.remote(), pair.local(), checks);
    }
}

package io.wavegate.s2s.check;

import io.wavegate.s2s.check.QuestionFacts.Kind;
import io.wavegate.s2s.check.QuestionFacts.Outcome;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether there is a wave service behind the domain, and whether it answers. */
final class WaveChecks {
    private final DomainPair pair;

    WaveChecks(DomainPair pair) {
        this.pair = pair;
    }

    /** @param service what was found, if anything was */
    List<Check> of(List<QuestionFacts> questions, Optional<String> service) {
        List<Check> checks = new ArrayList<>();
        questions.stream()
                .map(question -> question(question, service))
                .filter(check -> !checks.contains(check))
                .forEach(checks::add);
        checks.add(service.map(this::found).orElseGet(() -> none(questions)));
        return checks;
    }

    private Check question(QuestionFacts question, Optional<String> service) {
        String id = id(question.kind());
        Outcome outcome = question.outcome();
        if (outcome instanceof Outcome.Answered answered) {
            return Check.ok(Area.WAVE, id, question.to() + " " + answered.summary())
                    .took(question.millis());
        }
        if (outcome instanceof Outcome.Refused refused) {
            return Check.note(
                            Area.WAVE,
                            id,
                            question.to() + " answered " + asked(question.kind()) + " by the error "
                                    + refused.condition())
                    .took(question.millis());
        }
        if (outcome instanceof Outcome.Silent) {
            return silent(question, id).took(question.millis());
        }
        return unsent(question, ((Outcome.Unsent) outcome).end(), id, service.isPresent());
    }

    private Check unsent(QuestionFacts question, StreamEnd end, String id, boolean found) {
        String to = question.to();
        if (to.equals(pair.remote())) {
            return Check.note(Area.WAVE, "wave.unasked", to + " was not asked: there is no stream to it, see above");
        }
        if (to.equals("wave." + pair.remote()) && end.reason() == StreamEnd.Reason.REMOTE_NOT_FOUND) {
            return Check.note(Area.WAVE, id, "There is no server of the name " + to + ", the usual guess");
        }
        String finding = to + " could not be asked: " + end.label() + ": " + end.text();
        return found
                ? Check.note(Area.WAVE, id, finding)
                : Check.warning(
                        Area.WAVE,
                        id,
                        StreamChecks.side(end.reason()),
                        finding,
                        "`wavegate check " + to + "` says more");
    }

    private Check silent(QuestionFacts question, String id) {
        return Check.warning(
                Area.WAVE,
                id,
                Side.BETWEEN,
                question.to() + " took " + asked(question.kind()) + " and did not answer in time",
                "Answers come on a stream that " + question.to()
                        + " opens to us. `wavegate check self` says whether it can find and reach " + pair.local()
                        + "; some servers do not try again for minutes after a failure");
    }

    private static String id(Kind kind) {
        return switch (kind) {
            case ITEMS -> "wave.items";
            case INFO -> "wave.info";
            case PING -> "wave.ping";
        };
    }

    private static String asked(Kind kind) {
        return switch (kind) {
            case ITEMS -> "the question for its services (disco#items)";
            case INFO -> "the question what it is (disco#info)";
            case PING -> "a ping";
        };
    }

    private Check found(String service) {
        String how = service.equals(pair.remote())
                ? "the domain itself"
                : service.equals("wave." + pair.remote()) ? "listed or guessed" : "listed";
        return Check.ok(
                Area.WAVE,
                "wave.service",
                "The wave service of " + pair.remote() + " is " + service + " (" + how + ")");
    }

    private Check none(List<QuestionFacts> questions) {
        boolean anybodyAnswered = questions.stream()
                .anyMatch(question -> question.kind() == Kind.INFO
                        && (question.outcome() instanceof Outcome.Answered
                                || question.outcome() instanceof Outcome.Refused));
        return anybodyAnswered
                ? Check.error(
                        Area.WAVE,
                        "wave.service",
                        Side.REMOTE,
                        pair.remote() + " has no wave service that it would tell us of",
                        "Its operator has to start it, to list it in disco#items of the domain, or to name it wave."
                                + pair.remote())
                : Check.error(
                        Area.WAVE,
                        "wave.service",
                        Side.BETWEEN,
                        "Whether " + pair.remote() + " has a wave service could not be found out",
                        "See what stands in the way above");
    }
}

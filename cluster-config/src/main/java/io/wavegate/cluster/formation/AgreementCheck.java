package io.wavegate.cluster.formation;

import com.typesafe.config.Config;
import java.util.List;
import org.apache.pekko.cluster.ConfigValidation;
import org.apache.pekko.cluster.Invalid;
import org.apache.pekko.cluster.JoinConfigCompatChecker;
import org.apache.pekko.cluster.Valid$;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Whether a node may join: an {@link Agreement} is compared when it asks to.
 *
 * <p>Pekko asks the member first, and when that refuses, the joiner is told no reason. So a member lets pass who names
 * terms, and the joiner, which runs this too and has then got the member's values, refuses itself and can say why. Who
 * names none, because its program knows of no agreement, is refused by the member.
 */
public final class AgreementCheck extends JoinConfigCompatChecker {
    private static final Logger LOG = LoggerFactory.getLogger(AgreementCheck.class);

    /** Made by Pekko, by name. */
    public AgreementCheck() {}

    @Override
    public Seq<String> requiredKeys() {
        return sequence(List.of(Agreement.PATH));
    }

    @Override
    public ConfigValidation check(Config theirs, Config own) {
        List<String> differences = Agreement.in(own).differences(Agreement.in(theirs));
        if (differences.isEmpty()) {
            return Valid$.MODULE$;
        }
        if (JoinAttempts.isJoining(own)) {
            JoinAttempts.refused(own, differences);
        } else if (!Agreement.in(theirs).terms().isEmpty()) {
            LOG.warn("A node that wants to join differs, so that it will not: {}.", String.join("; ", differences));
            return Valid$.MODULE$;
        }
        return new Invalid(sequence(differences));
    }

    private static Seq<String> sequence(List<String> texts) {
        return CollectionConverters.asScala(texts).toSeq();
    }
}

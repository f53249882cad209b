package io.wavegate.wavelet.entity;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.wavegate.wavelet.authority.HostFixture;
import io.wavegate.wavelet.entity.WaveletCommand.ReadView;
import io.wavegate.wavelet.model.ParticipantId;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ViewAnswersTest {
    private final ActorTestKit kit = ActorTestKit.create(
            "views",
            ConfigFactory.parseString(
                            """
                            pekko.actor.provider = cluster
                            pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                            pekko.cluster.jmx.enabled = off
                            """)
                    .withFallback(ConfigFactory.load()));

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void aViewIsMadeOnceHoweverOftenItIsAskedForMeanwhile() {
        HostFixture host = HostFixture.withAliceAndBob();
        Deque<Runnable> work = new ArrayDeque<>();
        ViewAnswers answers = new ViewAnswers(kit.system(), 192_000, work::add);
        ReadView far = new ReadView(
                new ParticipantId("alice@a.test"),
                ActorRefResolver.get(kit.system()).resolveActorRef("pekko://views@127.0.0.1:7355/temp/asker#7"));

        answers.answer(host.state, far);
        answers.answer(host.state, far);
        assertThat(work).hasSize(1);

        work.remove().run();
        answers.answer(host.state, far);
        assertThat(work).as("of one whose answer was lost").hasSize(1);
    }
}

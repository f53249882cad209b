package io.wavegate.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.wavegate.node.config.Finding;
import io.wavegate.s2s.component.ComponentsSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComponentNamesTest {
    private static ComponentsSettings read(String own) {
        return ComponentsSettings.from(ConfigFactory.parseString("components {" + own + "}")
                .withFallback(ConfigFactory.load().getConfig("wavegate.s2s")));
    }

    @Test
    void streamsAreTakenForComponentsButNotForWhatAnotherServerServes() {
        ComponentsSettings components = read(
                """
                listen = ["127.0.0.1"]
                accept { "echo.a.example" { secret = x } }
                connect { "wave.b.example" { server = "127.0.0.1", secret = x } }
                """);
        assertThat(ComponentNames.check(components, List.of("a.example", "b.example"), true))
                .isEmpty();
        assertThat(ComponentNames.served(components, List.of("a.example", "b.example")))
                .containsExactly("a.example", "wave.a.example", "echo.a.example");
    }

    @Test
    void whatDoesNotFitIsFound() {
        ComponentsSettings components = read(
                """
                accept { "wave.a.example" { secret = x } }
                connect { "wave.c.example" { server = "127.0.0.1", secret = x } }
                """);
        assertThat(ComponentNames.check(components, List.of("a.example"), true))
                .extracting(Finding::thing)
                .containsExactly(
                        "wavegate.s2s.components.accept",
                        "wavegate.s2s.components.connect",
                        "wavegate.s2s.components.listen");
    }

    @Test
    void listeningForNobodyIsFound() {
        ComponentsSettings components = read("connect { \"wave.a.example\" { server = \"127.0.0.1\", secret = x } }");
        assertThat(ComponentNames.check(components, List.of("a.example"), true))
                .extracting(Finding::thing)
                .containsExactly("wavegate.s2s.listen");
        assertThat(ComponentNames.check(components, List.of("a.example"), false))
                .isEmpty();
    }
}

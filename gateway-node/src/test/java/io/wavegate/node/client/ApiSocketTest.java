package io.wavegate.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.wavegate.node.fake.FakeGateway;
import io.wavegate.node.fake.FakeWavelets;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ApiSocketTest {
    @Test
    void aHandlerThatFailsGoesOnWithANewConnection() throws Exception {
        ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
        AtomicInteger opened = new AtomicInteger();
        AtomicInteger messages = new AtomicInteger();
        try (FakeGateway gateway = new FakeGateway(new FakeWavelets())) {
            Gateways gateways = new Gateways(List.of(gateway.uri()));
            ApiSocket[] socket = new ApiSocket[1];
            ApiSocket.Handler handler = new ApiSocket.Handler() {
                @Override
                public void opened() {
                    if (opened.incrementAndGet() == 1) {
                        throw new IllegalStateException("a bug of the client, when it connects");
                    }
                    socket[0].send(JsonNodeFactory.instance
                            .objectNode()
                            .put("type", "ping")
                            .put("id", "1"));
                }

                @Override
                public void message(JsonNode message) {
                    if (messages.incrementAndGet() == 1) {
                        throw new IllegalStateException("a bug of the client, when it hears");
                    }
                }

                @Override
                public void notLetIn() {}
            };
            socket[0] =
                    new ApiSocket(HttpClient.newHttpClient(), gateways, gateway.token("alice@a.test"), loop, handler);
            loop.execute(socket[0]::open);
            await().untilAsserted(() -> assertThat(messages).hasValueGreaterThanOrEqualTo(2));
            assertThat(opened).hasValue(3);
            loop.submit(socket[0]::close).get();
        } finally {
            loop.shutdownNow();
        }
    }
}

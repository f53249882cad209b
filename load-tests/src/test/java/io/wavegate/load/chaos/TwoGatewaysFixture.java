package io.wavegate.load.chaos;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways of two domains that find each other, running when a test begins. */
class TwoGatewaysFixture {
    Lab lab;
    GatewayProcess a;
    GatewayProcess b;

    @BeforeEach
    void startGateways(@TempDir Path folder) throws Exception {
        lab = new Lab(folder);
        a = lab.gateway("a.test");
        b = lab.gateway("b.test");
        lab.pin("a.test", a.streamPort()).pin("b.test", b.streamPort());
        a.start();
        b.start();
    }

    @AfterEach
    void endGateways() {
        lab.close();
    }
}

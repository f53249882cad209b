package io.wavegate.s2s.entity;

import com.typesafe.config.Config;
import io.wavegate.s2s.component.ComponentsSettings;
import java.net.InetSocketAddress;
import java.util.List;

/** Settings of components with a listener on any free port of loopback. */
final class TestComponents {
    private TestComponents() {}

    static ComponentsSettings settings(Config s2s) {
        ComponentsSettings read = ComponentsSettings.from(s2s);
        return new ComponentsSettings(
                read.accept().isEmpty() ? List.of() : List.of(new InetSocketAddress("127.0.0.1", 0)),
                read.accept(),
                read.connect(),
                read.limits(),
                read.queueBytes(),
                read.inboundBytes(),
                read.connections(),
                read.retryBase(),
                read.retryMax(),
                read.passAfter());
    }
}
